package io.github.x402sessions.client.approval.rpc;

import java.util.List;

/**
 * The answer to {@code getLedgerEntries}; entries that do not exist are left out.
 *
 * @param entries the entries that were found
 */
public record LedgerEntries(List<Entry> entries) {

	public LedgerEntries {
		entries = (entries != null) ? List.copyOf(entries) : List.of();
	}

	/**
	 * One entry.
	 *
	 * @param xdr its data, base64 XDR
	 */
	public record Entry(String xdr) {
	}

}
