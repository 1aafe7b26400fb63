package io.github.x402sessions.facilitator.deferred;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.scheme.PaymentScheme;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimitException;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDeliveries;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDelivery;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Settles payments by commitments where that is asked for, agreed to, and within what is
 * lent: "Deferred settlement" in {@code docs/protocol.md}. All others settle at once.
 * Thread-safe.
 */
public final class DeferredSettlement implements AutoCloseable {

	private final boolean enabled;

	private final Predicate<String> recipients;

	private final PayerStandings standings;

	private final CommitmentBatch batch;

	private final GroupCommit group;

	private final OutcomeDeliveries deliveries;

	private final RedemptionReadiness redemption;

	/** What was lent when that was read last. */
	private final Cache<Parties, Lending> lately = Caffeine.newBuilder()
		.maximumSize(10_000)
		.expireAfterWrite(Duration.ofSeconds(1))
		.build();

	/**
	 * Create it.
	 * @param enabled whether it is switched on
	 * @param recipients knows who has agreed
	 * @param standings know what payers have
	 * @param batch commits, and says what it would commit
	 * @param deliveries takes back what a caller is not told
	 * @param redemption tells what keeps what is committed from being redeemed
	 */
	DeferredSettlement(boolean enabled, Predicate<String> recipients, PayerStandings standings, CommitmentBatch batch,
			OutcomeDeliveries deliveries, RedemptionReadiness redemption) {
		this.enabled = enabled;
		this.recipients = recipients;
		this.standings = standings;
		this.batch = batch;
		this.group = new GroupCommit(batch::commit);
		this.deliveries = deliveries;
		this.redemption = redemption;
	}

	/** Begin. */
	public void start() {
		if (isEnabled()) {
			this.group.start();
		}
	}

	/**
	 * Tell whether payments are committed at all.
	 * @return whether anybody may have agreed
	 */
	public boolean isEnabled() {
		return this.enabled;
	}

	/**
	 * Predict whether a payment would be committed.
	 * @param asked what its server asks for
	 * @param order what would be paid
	 * @param key what makes another request the same payment
	 * @return whether it would be, as things stand
	 * @throws FacilitatorUnavailableException if it would be, and what is committed could
	 * not be redeemed: nobody should work for that
	 */
	public boolean predicts(PaymentRequirements asked, TransferOrder order, PaymentKey key) {
		PayerStanding standing = standing(asked, order, key);
		try {
			if (standing == null || !mayAdmit(standing, order.transfer())) {
				return false;
			}
		}
		catch (DataAccessException ex) {
			return false;
		}
		this.redemption.obstacle(standing.spender()).ifPresent((why) -> {
			throw new FacilitatorUnavailableException(why, null);
		});
		return true;
	}

	/**
	 * Tell whether it is likely that a payment is admitted. What was lent a moment ago
	 * will do for that, because a prediction binds nobody.
	 */
	private boolean mayAdmit(PayerStanding standing, Transfer transfer) {
		Lending known = this.lately.getIfPresent(transfer.parties());
		return (known != null && this.batch.admits(known, transfer, standing)) || admits(standing, transfer);
	}

	private boolean admits(PayerStanding standing, Transfer transfer) {
		Parties parties = transfer.parties();
		Lending lent = this.batch.lent(parties, standing.funds().ledger());
		if (lent == null) {
			return false;
		}
		this.lately.put(parties, lent);
		return this.batch.admits(lent, transfer, standing);
	}

	/**
	 * Commit a payment.
	 * @param asked what its server asks for
	 * @param order what is paid
	 * @param key what makes another request the same payment
	 * @param deadline how long the caller waits
	 * @return what it came to, or {@code null} if it has to settle at once
	 * @throws RecipientLimitException if its recipient may be paid no more now
	 * @throws DataAccessException if it is not known whether it is committed
	 */
	public @Nullable SettlementResult settle(PaymentRequirements asked, TransferOrder order, PaymentKey key,
			SettleDeadline deadline) {
		return commit(asked, order, key, deadline, null);
	}

	/**
	 * Hold a payment where it would be committed: it counts as if it were, until it is or
	 * is released.
	 * @param asked what its server asks for
	 * @param order what is paid at most
	 * @param key what makes another request the same payment
	 * @param deadline how long the caller waits
	 * @param until until when it is held
	 * @return what it came to, or {@code null} if it would settle at once, or is known
	 * already
	 * @throws RecipientLimitException if its recipient may be paid no more now
	 * @throws DataAccessException if it is not known whether it is held
	 */
	public @Nullable SettlementResult hold(PaymentRequirements asked, TransferOrder order, PaymentKey key,
			SettleDeadline deadline, Instant until) {
		return commit(asked, order, key, deadline, until);
	}

	private @Nullable SettlementResult commit(PaymentRequirements asked, TransferOrder order, PaymentKey key,
			SettleDeadline deadline, @Nullable Instant heldUntil) {
		PayerStanding standing = standing(asked, order, key);
		if (standing == null) {
			return null;
		}
		Optional<String> obstacle = this.redemption.obstacle(standing.spender());
		if (obstacle.isPresent()) {
			return admits(standing, order.transfer()) ? new SettlementResult.NotSent(obstacle.get()) : null;
		}
		String account = order.account().key();
		Commitment commitment = new Commitment(CommitmentId.next(), account, order.transfer(), standing.settleBefore());
		OutcomeDelivery delivery = key.tracked() ? null : OutcomeDelivery.named(account, commitment.id());
		GroupCommit.Waiting waiting = this.group
			.submit(new CommitmentOrder(commitment, order.account(), key, delivery, standing.funds(), heldUntil));
		return (waiting != null) ? await(waiting, deadline) : new SettlementResult.NotSent("too many payments at once");
	}

	private @Nullable SettlementResult await(GroupCommit.Waiting waiting, SettleDeadline deadline) {
		try {
			return result(waiting.order(), waiting.result().get(deadline.left().toNanos(), TimeUnit.NANOSECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return left(waiting);
		}
		catch (TimeoutException ex) {
			return left(waiting);
		}
		catch (ExecutionException ex) {
			takeBack(waiting.order(), OutcomeDeliveries::takeBackInDoubt);
			throw (ex.getCause() instanceof DataAccessException failure) ? failure
					: new DataAccessResourceFailureException("commitments cannot be written", ex.getCause());
		}
	}

	/** A caller that goes is not told; whoever asks again for it is. */
	@SuppressWarnings("FutureReturnValueIgnored")
	private SettlementResult left(GroupCommit.Waiting waiting) {
		if (waiting.withdraw()) {
			return new SettlementResult.NotSent("too many payments at once");
		}
		waiting.result()
			.whenComplete((result, failure) -> takeBack(waiting.order(),
					(failure != null) ? OutcomeDeliveries::takeBackInDoubt : OutcomeDeliveries::takeBack));
		return new SettlementResult.Pending("");
	}

	private void takeBack(CommitmentOrder order, BiConsumer<OutcomeDeliveries, OutcomeDelivery> how) {
		OutcomeDelivery delivery = order.delivery();
		if (delivery != null) {
			how.accept(this.deliveries, delivery);
		}
	}

	private static @Nullable SettlementResult result(CommitmentOrder order, CommitmentResult result) {
		FundingBalance balance = result.balance();
		if (balance != null) {
			Commitment commitment = order.commitment();
			return (order.heldUntil() != null)
					? new SettlementResult.OnHold(commitment.id(), balance, false, order.delivery(),
							commitment.settleBefore(), order.heldUntil())
					: SettlementResult.Settled.deferred(commitment.id(), balance, order.delivery(),
							commitment.settleBefore());
		}
		if (result.kind() == CommitmentResult.Kind.LIMITED) {
			throw new RecipientLimitException();
		}
		return (result.kind() == CommitmentResult.Kind.WITHDRAWN)
				? new SettlementResult.NotSent("the facilitator stops") : null;
	}

	/** Return {@code null} if the payment settles at once, whatever is lent. */
	private @Nullable PayerStanding standing(PaymentRequirements asked, TransferOrder order, PaymentKey key) {
		return (PaymentScheme.of(asked.scheme()).deferral().isAsked(asked) && key.id() != null && this.enabled
				&& this.recipients.test(order.transfer().to())) ? this.standings.of(order) : null;
	}

	/** Whoever waits is answered. */
	@Override
	public void close() {
		if (isEnabled()) {
			this.group.close();
		}
	}

}
