package io.github.x402sessions.facilitator.deferred.hold;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import io.github.x402sessions.facilitator.deferred.CommitmentAccounts;
import io.github.x402sessions.facilitator.deferred.LendingBooks;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.repository.HeldAmount;
import io.github.x402sessions.facilitator.settlement.repository.KnownPayment;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDeliveries;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDelivery;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.stellar.transfer.Parties;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * Ends held payments: by a commitment of what was held or less, or by nothing. What is
 * not paid is free again in the same transaction of the database. Of several ends the
 * first one counts, on whichever nodes. Thread-safe.
 */
public final class HeldPayments {

	/** As long as what is signed may be settled after it was verified. */
	public static final Duration TERM = Duration.ofMinutes(15);

	/**
	 * How long after its time a payment is still held, for nodes that disagree on the
	 * time, and for callers whose clocks do.
	 */
	private static final Duration GRACE = Duration.ofSeconds(30);

	private final UnitOfWork unitOfWork;

	private final HoldRepository holds;

	private final CommitmentAccounts accounts;

	private final LendingBooks lending;

	private final OutcomeDeliveries deliveries;

	private final Clock clock;

	/**
	 * Create them.
	 * @param unitOfWork runs steps that belong together
	 * @param holds the held payments
	 * @param accounts what they draw on
	 * @param lending what is lent, which is held too
	 * @param deliveries takes back what a caller is not told
	 * @param clock the time that is written to rows
	 */
	HeldPayments(UnitOfWork unitOfWork, HoldRepository holds, CommitmentAccounts accounts, LendingBooks lending,
			OutcomeDeliveries deliveries, Clock clock) {
		this.unitOfWork = unitOfWork;
		this.holds = holds;
		this.accounts = accounts;
		this.lending = lending;
		this.deliveries = deliveries;
		this.clock = clock;
	}

	/**
	 * Return until when a payment is held that is held from now on.
	 * @param latest when it can be settled no longer
	 * @return the time, whole seconds
	 */
	public Instant until(Instant latest) {
		Instant end = this.clock.instant().plus(TERM);
		return Instant.ofEpochSecond((latest.isBefore(end) ? latest : end).getEpochSecond());
	}

	/**
	 * Find where a payment is held under an identifier.
	 * @param paymentId the identifier
	 * @return the store's names for the accounts
	 */
	public List<String> accounts(String paymentId) {
		return this.holds.accounts(paymentId);
	}

	/**
	 * Commit what was held, or less.
	 * @param account what the payment draws on
	 * @param parties between whom
	 * @param payment the payment, which is held
	 * @param amount what it costs, base units, positive and not more than is held
	 * @param key what makes another request the same payment from now on
	 * @return what it came to, or {@code null} if the payment is held no longer
	 * @throws DataAccessException if it is not known whether it is committed
	 */
	public @Nullable SettlementResult commit(FundingSource account, Parties parties, KnownPayment payment,
			BigInteger amount, PaymentKey key) {
		OutcomeDelivery delivery = key.tracked() ? null : OutcomeDelivery.named(account.key(), payment.settlement());
		try {
			HeldPayment held = held(account, parties, payment);
			boolean first = end(held, held.amount().subtract(amount),
					() -> this.holds.commit(held.id(), amount, key.terms(), delivery));
			return first
					? SettlementResult.Settled.deferred(held.id(), account.read(), delivery, payment.settleBefore())
					: null;
		}
		catch (DataAccessException ex) {
			if (delivery != null) {
				this.deliveries.takeBackInDoubt(delivery);
			}
			throw ex;
		}
	}

	/**
	 * Give back what was held: nothing is paid.
	 * @param account what the payment would have drawn on
	 * @param parties between whom
	 * @param payment the payment, which is held
	 * @return whether it was held until now
	 */
	public boolean release(FundingSource account, Parties parties, KnownPayment payment) {
		return release(held(account, parties, payment), "released by its server");
	}

	private static HeldPayment held(FundingSource account, Parties parties, KnownPayment payment) {
		HeldAmount held = payment.held();
		if (held == null) {
			throw new IllegalArgumentException("nothing is held");
		}
		return new HeldPayment(payment.settlement(), account.key(), parties, held.amount());
	}

	/** Return how many payments are held that this node has taken. */
	public int taken() {
		return this.holds.heldHere();
	}

	/** Find what nobody has settled or released in time. */
	List<HeldPayment> lapsed() {
		return this.holds.lapsed(GRACE);
	}

	/** Give back what nobody has settled or released, if that is still so. */
	boolean expire(HeldPayment held) {
		return release(held, "its time was over");
	}

	private boolean release(HeldPayment held, String note) {
		return end(held, held.amount(), () -> this.holds.release(held.id(), note));
	}

	private boolean end(HeldPayment held, BigInteger rest, BooleanSupplier step) {
		return this.accounts.orMended((freeing) -> end(held, rest, step, freeing));
	}

	/** What is lent is locked before the rows of settlements, as those who commit do. */
	private boolean end(HeldPayment held, BigInteger rest, BooleanSupplier step,
			BiConsumer<String, BigInteger> freeing) {
		return this.unitOfWork.runIf(() -> {
			this.lending.lend(Map.of(held.parties(), rest.negate()));
			boolean first = step.getAsBoolean();
			if (first) {
				freeing.accept(held.account(), rest);
			}
			return first;
		}, Boolean::booleanValue);
	}

}
