package io.github.x402sessions.spring.answers;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.x402sessions.core.purchase.PurchaseClaim;

/**
 * Counts what a shared store does. Thread-safe.
 */
final class AnswerFigures {

	private final Map<Outcome, LongAdder> claims = new EnumMap<>(Outcome.class);

	private final LongAdder calls = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	private final LongAdder failures = new LongAdder();

	private final LongAdder lost = new LongAdder();

	private volatile LongSupplier held = () -> 0;

	private volatile LongSupplier waiting = () -> 0;

	AnswerFigures() {
		for (Outcome outcome : Outcome.values()) {
			this.claims.put(outcome, new LongAdder());
		}
	}

	void follow(Supplier<Integer> held, LongSupplier waiting) {
		this.held = () -> held.get();
		this.waiting = waiting;
	}

	void claimed(PurchaseClaim claim) {
		Outcome outcome = claim.fold((won) -> (won.owed() != null) ? Outcome.OWED : Outcome.FIRST,
				(lost) -> lost.known()
					.fold((running) -> Outcome.BUSY, (owed) -> Outcome.TAKEN, (answered) -> Outcome.ANSWERED,
							(spent) -> Outcome.TAKEN));
		adder(outcome).increment();
	}

	void answered(long nanos) {
		this.calls.increment();
		this.nanos.add(nanos);
	}

	void failed() {
		this.failures.increment();
	}

	void lost() {
		this.lost.increment();
	}

	long claims(Outcome outcome) {
		return adder(outcome).sum();
	}

	private LongAdder adder(Outcome outcome) {
		LongAdder adder = this.claims.get(outcome);
		if (adder == null) {
			throw new IllegalStateException("no figure for " + outcome);
		}
		return adder;
	}

	long calls() {
		return this.calls.sum();
	}

	double nanos() {
		return this.nanos.sum();
	}

	long failures() {
		return this.failures.sum();
	}

	long losses() {
		return this.lost.sum();
	}

	long held() {
		return this.held.getAsLong();
	}

	long waiting() {
		return this.waiting.getAsLong();
	}

	/** The state of an identifier when its request came. */
	enum Outcome {

		/** Not known. */
		FIRST,

		/** Paid, and not answered. */
		OWED,

		/** Answered. */
		ANSWERED,

		/** In the hands of another request. */
		BUSY,

		/** Of no use. */
		TAKEN

	}

}
