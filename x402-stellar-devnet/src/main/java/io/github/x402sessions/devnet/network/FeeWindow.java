package io.github.x402sessions.devnet.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.ledger.EntryStore;
import io.github.x402sessions.devnet.transaction.application.AppliedTransaction;

/**
 * The inclusion fees of the last ledgers, of contract calls and of other transactions.
 * Not thread-safe: the network guards it.
 */
final class FeeWindow {

	private static final int CALL_LEDGERS = 50;

	private static final int CLASSIC_LEDGERS = 10;

	/** The number of transactions of each kind from others in a ledger that they fill. */
	private static final int CROWD = 100;

	private final Deque<Ledger> ledgers = new ArrayDeque<>();

	void add(FeeMarket market, List<AppliedTransaction> applied, long sequence) {
		int crowd = market.crowded() ? CROWD : 0;
		int calls = (int) applied.stream().filter((one) -> one.transaction().soroban()).count();
		this.ledgers.addLast(new Ledger(sequence, market.clearingFee(), crowd + calls, crowd + applied.size() - calls));
		if (this.ledgers.size() > CALL_LEDGERS + EntryStore.MAX_AGE) {
			this.ledgers.removeFirst();
		}
	}

	/** The inclusion fees of the operations in a ledger. */
	long clearingFee(long sequence) {
		return this.ledgers.stream()
			.filter((ledger) -> ledger.sequence() == sequence)
			.mapToLong(Ledger::fee)
			.findFirst()
			.orElse(ClosedLedger.BASE_FEE);
	}

	/** The fees of contract calls up to a ledger. */
	InclusionFees calls(long latest) {
		return fees(latest, CALL_LEDGERS, true);
	}

	/** The fees of all else up to a ledger. */
	InclusionFees classic(long latest) {
		return fees(latest, CLASSIC_LEDGERS, false);
	}

	private InclusionFees fees(long latest, int window, boolean calls) {
		List<Long> fees = new ArrayList<>();
		for (Ledger ledger : this.ledgers) {
			if (ledger.sequence() <= latest && ledger.sequence() > latest - window) {
				fees.addAll(Collections.nCopies(calls ? ledger.calls() : ledger.classic(), ledger.fee()));
			}
		}
		return new InclusionFees(fees.stream().sorted().toList(), (int) Math.min(window, latest));
	}

	private record Ledger(long sequence, long fee, int calls, int classic) {
	}

}
