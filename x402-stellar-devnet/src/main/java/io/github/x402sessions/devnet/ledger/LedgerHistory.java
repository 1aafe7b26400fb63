package io.github.x402sessions.devnet.ledger;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The ledgers that the network remembers: the latest in full, of the others number and
 * time. Not thread-safe.
 */
public final class LedgerHistory {

	/** How many ledgers are remembered. */
	public static final int RETENTION = 120_960;

	private final Deque<Range.Mark> marks = new ArrayDeque<>();

	private ClosedLedger latest;

	public LedgerHistory(ClosedLedger genesis) {
		this.latest = genesis;
		add(genesis);
	}

	/**
	 * Goes on where another history ended, of which the ledgers in between are forgotten.
	 */
	public LedgerHistory(Range.Mark oldest, ClosedLedger latest) {
		this.latest = latest;
		this.marks.addLast(oldest);
		if (oldest.sequence() != latest.sequence()) {
			add(latest);
		}
	}

	public final void add(ClosedLedger ledger) {
		this.latest = ledger;
		this.marks.addLast(new Range.Mark(ledger.sequence(), ledger.closeTime()));
		if (this.marks.size() > RETENTION) {
			this.marks.removeFirst();
		}
	}

	public ClosedLedger latest() {
		return this.latest;
	}

	public Range range() {
		return new Range(this.marks.getFirst(), this.marks.getLast());
	}

	/**
	 * The remembered ledgers, from the oldest to the latest.
	 *
	 * @param oldest the first one
	 * @param latest the last one
	 */
	public record Range(Mark oldest, Mark latest) {

		/**
		 * A ledger's place in time.
		 *
		 * @param sequence its number
		 * @param closeTime seconds since 1970
		 */
		public record Mark(long sequence, long closeTime) {
		}

	}

}
