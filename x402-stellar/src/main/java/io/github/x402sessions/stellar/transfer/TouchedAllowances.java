package io.github.x402sessions.stellar.transfer;

import java.util.Set;

/**
 * The payers of whom the spender may have taken an asset lately, by their allowances: who
 * takes of one writes it.
 *
 * @param written those whose allowance was written lately
 * @param gone those who have none any more
 * @param ledger the ledger that this was read at
 */
public record TouchedAllowances(Set<String> written, Set<String> gone, long ledger) {

	/** Copy the sets. */
	public TouchedAllowances {
		written = Set.copyOf(written);
		gone = Set.copyOf(gone);
	}

}
