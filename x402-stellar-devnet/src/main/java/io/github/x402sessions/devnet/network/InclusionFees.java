package io.github.x402sessions.devnet.network;

import java.util.List;

import io.github.x402sessions.devnet.ledger.ClosedLedger;

/**
 * The inclusion fees that the operations of some transactions paid, in stroops each.
 *
 * @param sorted the fees, the lowest first
 * @param ledgers how many ledgers they are from
 */
public record InclusionFees(List<Long> sorted, int ledgers) {

	/** The fee that a share of the transactions did not pay more than. */
	public long percentile(int percent) {
		int rank = (percent * this.sorted.size() + 99) / 100;
		return this.sorted.isEmpty() ? ClosedLedger.BASE_FEE : this.sorted.get(Math.max(1, rank) - 1);
	}

	/** The fee that most of them paid. */
	public long mode() {
		long mode = percentile(0);
		int most = 0;
		for (int i = 0; i < this.sorted.size();) {
			int end = this.sorted.lastIndexOf(this.sorted.get(i)) + 1;
			if (end - i > most) {
				most = end - i;
				mode = this.sorted.get(i);
			}
			i = end;
		}
		return mode;
	}

}
