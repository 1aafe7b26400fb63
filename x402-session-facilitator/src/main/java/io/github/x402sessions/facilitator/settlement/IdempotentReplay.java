package io.github.x402sessions.facilitator.settlement;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.repository.KnownPayment;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDeliveries;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDelivery;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.Settlement;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.stellar.rpc.Polling;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls that repeat a payment with what became of it, so that a repeated call
 * never charges twice. A server that keeps track of identifiers is told as often as it
 * asks; to all others a success is told once, because they take each for the price of
 * another answer. Thread-safe.
 */
public final class IdempotentReplay {

	private final SettlementRepository settlements;

	private final OutcomeDeliveries deliveries;

	private final Polling polling;

	/**
	 * Create it.
	 * @param settlements where settlements are written
	 * @param deliveries who was told of them
	 * @param polling the pause between two looks at a payment that is open
	 */
	public IdempotentReplay(SettlementRepository settlements, OutcomeDeliveries deliveries, Polling polling) {
		this.settlements = settlements;
		this.deliveries = deliveries;
		this.polling = polling;
	}

	/** Who was told a moment ago may turn out to have gone. */
	KeyStatus use(FundingSource account, PaymentKey key) {
		KeyStatus status = look(account, key);
		return (status == KeyStatus.TOLD && key.id() == null && this.polling.pause()) ? look(account, key) : status;
	}

	/** Find the payment that a call repeats, whatever became of it; nobody is told. */
	Optional<KnownPayment> find(FundingSource account, PaymentKey key) {
		return this.deliveries.find(account.key(), key);
	}

	/** Tell whether another payment has the alias of one that is not known. */
	boolean isAliasTaken(FundingSource account, PaymentKey key) {
		return this.deliveries.isAliasTaken(account.key(), key);
	}

	private KeyStatus look(FundingSource account, PaymentKey key) {
		return find(account, key).map((known) -> use(known, key))
			.orElseGet(() -> isAliasTaken(account, key) ? KeyStatus.OTHER : KeyStatus.FREE);
	}

	private static KeyStatus use(KnownPayment known, PaymentKey key) {
		if (!known.terms().equals(key.terms())) {
			return KeyStatus.OTHER;
		}
		return (known.told() && !key.tracked()) ? KeyStatus.TOLD : KeyStatus.SAME;
	}

	/**
	 * Wait for the payment that a call repeats, and tell its outcome where that is
	 * allowed.
	 * @return what became of it, or {@code null} if there is none, or it ended without
	 * moving money: then it may be tried again
	 */
	public @Nullable SettlementResult await(FundingSource account, PaymentKey key, SettleDeadline deadline) {
		return await(account, key, deadline, IdempotentReplay::unsettled);
	}

	/**
	 * Answer a call that is to hold a payment where the payment is known. Whoever would
	 * deliver once more for one that is not held is refused.
	 * @return what became of it, or {@code null} if there is none
	 */
	@Nullable SettlementResult held(FundingSource account, PaymentKey key, SettleDeadline deadline) {
		return await(account, key, deadline, IdempotentReplay::unheld);
	}

	/** Why a payment that is known is not settled by this call, if that is so. */
	private static Optional<SettlementResult> unsettled(KnownPayment known, PaymentKey key) {
		return (known.held() != null) ? Optional.of(new SettlementResult.Unconcluded(known)) : conflict(known, key);
	}

	/** Why a payment that is known is not held by this call, if that is so. */
	private static Optional<SettlementResult> unheld(KnownPayment known, PaymentKey key) {
		return conflict(known, key)
			.or(() -> (known.held() == null) ? Optional.of(new SettlementResult.Duplicate()) : Optional.empty());
	}

	private static Optional<SettlementResult> conflict(KnownPayment known, PaymentKey key) {
		return (use(known, key) == KeyStatus.OTHER) ? Optional.of(new SettlementResult.Conflict()) : Optional.empty();
	}

	private @Nullable SettlementResult await(FundingSource account, PaymentKey key, SettleDeadline deadline,
			BiFunction<KnownPayment, PaymentKey, Optional<SettlementResult>> objection) {
		boolean told = false;
		while (true) {
			Optional<KnownPayment> found = find(account, key);
			if (found.isEmpty()) {
				return isAliasTaken(account, key) ? new SettlementResult.Conflict() : null;
			}
			KnownPayment known = found.get();
			Optional<SettlementResult> objected = objection.apply(known, key);
			if (objected.isPresent()) {
				return objected.get();
			}
			KeyStatus use = use(known, key);
			SettlementResult settled = (use == KeyStatus.SAME && known.paid()) ? settled(account, known, key) : null;
			if (settled != null) {
				return settled;
			}
			if (use == KeyStatus.TOLD && told) {
				return new SettlementResult.Duplicate();
			}
			// Who was told a moment ago may turn out to have gone: there is a second
			// look.
			told = use == KeyStatus.TOLD;
			if (deadline.isOver() || !this.polling.pause()) {
				return pending(account, known, key);
			}
		}
	}

	/** Return {@code null} if another was told meanwhile. Telling comes last. */
	private @Nullable SettlementResult settled(FundingSource account, KnownPayment known, PaymentKey key) {
		String transaction = Objects.requireNonNull(known.transaction());
		FundingBalance after = account.read();
		int calls = (known.settleBefore() != null) ? 1 : this.settlements.carriedBy(transaction);
		OutcomeDelivery delivery = known.told() ? null : this.deliveries.tellRepeated(account.key(), known, key);
		if (delivery == null && !key.tracked()) {
			return null;
		}
		OutcomeDelivery told = key.tracked() ? null : delivery;
		return (known.held() != null)
				? new SettlementResult.OnHold(transaction, after, delivery == null, told,
						Objects.requireNonNull(known.settleBefore()), known.held().until())
				: new SettlementResult.Settled(transaction, after, delivery == null, calls, told, known.settleBefore());
	}

	private SettlementResult pending(FundingSource account, KnownPayment known, PaymentKey key) {
		left(account.key(), known.settlement(), key);
		return new SettlementResult.Pending(Objects.requireNonNullElse(known.transaction(), ""));
	}

	/**
	 * Tell the caller that made a payment of its outcome, unless one that repeats it was
	 * told first.
	 * @param deadline how long it waits
	 * @return what it is told
	 */
	SettlementResult first(Settlement settlement, PaymentKey key, SettlementResult result, SettleDeadline deadline) {
		if (result instanceof SettlementResult.Pending) {
			left(settlement, key);
		}
		return (result instanceof SettlementResult.Settled settled && !key.tracked())
				? told(settlement, key, settled, deadline) : result;
	}

	private SettlementResult told(Settlement settlement, PaymentKey key, SettlementResult.Settled settled,
			SettleDeadline deadline) {
		OutcomeDelivery delivery = this.deliveries.tell(settlement, key, deadline);
		return (delivery != null) ? settled.told(delivery) : new SettlementResult.Duplicate();
	}

	/** A call gets no outcome, so that it may be asked for once more. */
	void left(Settlement settlement, PaymentKey key) {
		left(settlement.account(), settlement.id(), key);
	}

	private void left(String account, String settlement, PaymentKey key) {
		if (key.id() == null) {
			this.deliveries.leave(account, settlement);
		}
	}

	/**
	 * Hear that the answer by which a caller is told of a payment has left.
	 * @param delivery what it was told
	 */
	public void delivered(OutcomeDelivery delivery) {
		this.deliveries.arrived(delivery);
	}

	/**
	 * Take back that a caller was told of a payment, because the answer did not reach it.
	 * @param delivery what it was told
	 */
	public void undelivered(OutcomeDelivery delivery) {
		this.deliveries.takeBack(delivery);
	}

}
