package io.github.x402sessions.stellar.rpc;

import java.util.Map;

/**
 * Ledger entries that exist, as of one ledger.
 *
 * @param byKey the XDR of each entry's data by the XDR of its key
 * @param latestLedger the ledger they are of
 * @param written the ledger that has written each entry last, by the XDR of its key
 * @param liveUntil the last ledger in which each lives that does not live for ever, by
 * the XDR of its key; one in the past for an entry that is archived
 */
public record LedgerEntries(Map<String, String> byKey, long latestLedger, Map<String, Long> written,
		Map<String, Long> liveUntil) {

	/** Copy the maps. */
	public LedgerEntries {
		byKey = Map.copyOf(byKey);
		written = Map.copyOf(written);
		liveUntil = Map.copyOf(liveUntil);
	}

}
