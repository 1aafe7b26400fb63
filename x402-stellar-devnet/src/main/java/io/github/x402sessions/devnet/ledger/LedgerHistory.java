package io.github.x402sessions.devnet.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The ledgers that the network remembers: the last ones in full, the others by number and
 * time. Not thread-safe.
 */
public final class LedgerHistory {

	/** The number of ledgers that are remembered. */
	public static final int RETENTION = 120_960;

	/** The number of ledgers that are remembered in full: a day of 5 s. */
	private static final int FULL_RETENTION = 17_280;

	private final Deque<Range.Mark> marks = new ArrayDeque<>();

	private final NavigableMap<Long, ClosedLedger> full = new TreeMap<>();

	public LedgerHistory(ClosedLedger genesis) {
		add(genesis);
	}

	/**
	 * Goes on where another history ended, of which the ledgers in between are forgotten.
	 */
	public LedgerHistory(Range.Mark oldest, ClosedLedger latest) {
		if (oldest.sequence() != latest.sequence()) {
			this.marks.addLast(oldest);
		}
		add(latest);
	}

	public final void add(ClosedLedger ledger) {
		this.marks.addLast(ledger.mark());
		if (this.marks.size() > RETENTION) {
			this.marks.removeFirst();
		}
		this.full.put(ledger.sequence(), ledger);
		if (this.full.size() > FULL_RETENTION) {
			this.full.pollFirstEntry();
		}
	}

	/** Forgets all but the last ledgers, as their time does. */
	public void keepLast(int count) {
		while (this.marks.size() > count) {
			this.marks.removeFirst();
		}
		while (this.full.size() > count) {
			this.full.pollFirstEntry();
		}
	}

	public ClosedLedger latest() {
		return aged(0);
	}

	/**
	 * The ledger that was the latest some ledgers ago.
	 * @param age how many
	 * @throws IllegalStateException if it is not remembered in full
	 */
	public ClosedLedger aged(int age) {
		ClosedLedger ledger = this.full.get(this.full.lastKey() - age);
		if (ledger == null) {
			throw new IllegalStateException("the ledger is forgotten");
		}
		return ledger;
	}

	/** The ledgers that are remembered in full, in their order, up to one. */
	public List<ClosedLedger> fullUpTo(long latest) {
		return List.copyOf(this.full.headMap(latest, true).values());
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

		public boolean contains(long sequence) {
			return sequence >= this.oldest.sequence() && sequence <= this.latest.sequence();
		}

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
