package io.github.x402sessions.devnet.fee;

import java.util.List;

import io.github.x402sessions.devnet.ledger.ContractData;
import io.github.x402sessions.devnet.ledger.EntryChange;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * The price, in stroops, of a longer life or a larger size of contract data.
 */
public final class Rent {

	private static final long STROOPS_PER_KIB = 1000;

	private static final long TEMPORARY_LEDGERS = 2430;

	private static final long PERSISTENT_LEDGERS = 1215;

	private static final int TTL_ENTRY_SIZE = 48;

	private Rent() {
	}

	/**
	 * The rent of a set of changes.
	 * @param changes the changes of one contract call
	 * @param ledger the ledger that makes them
	 */
	public static long of(List<EntryChange> changes, long ledger) {
		long fee = 0;
		int extended = 0;
		for (EntryChange change : changes) {
			if (change.after() != null && change.after().entry() instanceof ContractData data) {
				long paidUntil = paidUntil(change.before(), ledger);
				long added = change.after().liveUntil() - paidUntil;
				long rate = data.temporary() ? TEMPORARY_LEDGERS : PERSISTENT_LEDGERS;
				fee += price(change.after().size(), added, rate);
				fee += price(growth(change.before(), change.after()), paidUntil - ledger + 1, rate);
				extended += (added > 0) ? 1 : 0;
			}
		}
		return fee + FeeSchedule.WRITE_ENTRY * extended
				+ FeeSchedule.perKib((long) TTL_ENTRY_SIZE * extended, FeeSchedule.WRITE_KIB);
	}

	/** An entry with no life left is paid for like a new one. */
	private static long paidUntil(@Nullable StoredEntry before, long ledger) {
		return (before != null && before.liveAt(ledger)) ? before.liveUntil() : ledger - 1;
	}

	private static int growth(@Nullable StoredEntry before, StoredEntry after) {
		return (before != null) ? after.size() - before.size() : 0;
	}

	private static long price(long size, long ledgers, long rate) {
		return (size > 0 && ledgers > 0) ? FeeSchedule.ceilDiv(size * STROOPS_PER_KIB * ledgers, 1024 * rate) : 0;
	}

}
