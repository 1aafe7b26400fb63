package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.facilitator.chain.TransferReadinessCache;
import io.github.x402sessions.facilitator.deferred.PayerFunds;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.facilitator.settlement.DispatchResult;
import io.github.x402sessions.facilitator.settlement.TransactionDispatcher;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.Settlement;
import io.github.x402sessions.facilitator.settlement.repository.TrackingResult;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redeems what is open between parties, by one transaction at a time. It is sent only
 * where the chain would take it, and what the chain proves that a payer cannot pay is put
 * in default before the rest is sent. Thread-safe.
 */
final class Redemption {

	private static final Logger logger = LoggerFactory.getLogger(Redemption.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(1));

	/** What one transaction carries at most: its steps in the books take a moment. */
	static final int MOST = 2_000;

	private static final int REMEMBERED = 10_000;

	private final RedemptionRepository commitments;

	private final RedemptionBooks books;

	private final String spender;

	private final LedgerClock ledgers;

	private final TransferReadinessCache readiness;

	private final PayerMeans means;

	private final TransactionDispatcher dispatcher;

	private final RedemptionObserver figures;

	/** The ledgers in which transactions between parties have failed. */
	private final Cache<Parties, Long> failures = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

	/**
	 * Create it.
	 * @param commitments what is to be redeemed
	 * @param books where defaults are written down
	 * @param spender who may spend the payers' allowances
	 * @param ledgers knows the height of the ledger
	 * @param readiness knows how parties stand, without a question for each
	 * @param means proves what a payer can pay
	 * @param dispatcher sends off
	 * @param figures hears what becomes of commitments
	 */
	Redemption(RedemptionRepository commitments, RedemptionBooks books, String spender, LedgerClock ledgers,
			TransferReadinessCache readiness, PayerMeans means, TransactionDispatcher dispatcher,
			RedemptionObserver figures) {
		this.commitments = commitments;
		this.books = books;
		this.spender = spender;
		this.ledgers = ledgers;
		this.readiness = readiness;
		this.means = means;
		this.dispatcher = dispatcher;
		this.figures = figures;
	}

	/**
	 * Redeem what is open between parties.
	 * @param deadline how long the transaction may wait for a channel and be offered
	 * @return whether that has paid something; it ends with the transaction
	 */
	CompletableFuture<Boolean> redeem(Parties parties, SettleDeadline deadline) {
		return send(parties, false, deadline, (open) -> payable(parties, open));
	}

	/**
	 * Collect what is defaulted between parties, as far as the allowance of its sessions
	 * and the payer's balance cover it besides what others need.
	 * @param deadline how long the transaction may wait for a channel and be offered
	 * @return whether that has paid something; it ends with the transaction
	 */
	CompletableFuture<Boolean> collect(Parties parties, SettleDeadline deadline) {
		return send(parties, true, deadline, (open) -> collectable(parties, open));
	}

	private CompletableFuture<Boolean> send(Parties parties, boolean defaulted, SettleDeadline deadline,
			Function<List<OpenCommitment>, List<OpenCommitment>> choose) {
		long ledger = this.ledgers.latest().sequence();
		List<OpenCommitment> open = this.commitments.open(parties, this.spender, defaulted, MOST)
			.stream()
			.filter((commitment) -> commitment.lastLedger() > ledger)
			.toList();
		List<OpenCommitment> chosen = open.isEmpty() ? open : choose.apply(Covered.by(open, Covered.LARGEST));
		return chosen.isEmpty() ? CompletableFuture.completedFuture(false) : dispatch(parties, chosen, deadline);
	}

	/** What would fail is not sent: it costs a fee and a ledger. */
	private List<OpenCommitment> payable(Parties parties, List<OpenCommitment> open) {
		TransferFailure failure;
		try {
			failure = this.readiness.refusal(parties, known(parties, open), Covered.sum(open));
		}
		catch (RpcException ex) {
			logger.warn("Nothing of {} is redeemed now: {}", parties.from(), ex.getMessage());
			return List.of();
		}
		return (failure != null) ? covered(parties, open, failure) : open;
	}

	/**
	 * Return a ledger that is known to be closed, by any node's word: one before it may
	 * be from a time when the payer did not have yet what it has promised since.
	 */
	private long known(Parties parties, List<OpenCommitment> open) {
		return Math.max(Objects.requireNonNullElse(this.failures.getIfPresent(parties), 0L),
				open.stream()
					.mapToLong((commitment) -> Math.max(commitment.approvedIn(), commitment.fundedIn()))
					.max()
					.orElseThrow());
	}

	/**
	 * Put in default what a payer cannot pay by the word of the chain.
	 * @return what can be paid now
	 */
	private List<OpenCommitment> covered(Parties parties, List<OpenCommitment> open, TransferFailure failure) {
		PayerFunds found = this.means.read(parties, known(parties, open));
		if (found == null) {
			return List.of();
		}
		List<OpenCommitment> covered = Covered.by(open, found.payable());
		if (covered.size() == open.size()) {
			LOG.log(parties.to() + parties.from(),
					(skipped) -> logger.warn(
							"{} commitment(s) of {} to {} cannot be redeemed now, for no fault of the payer's: {}",
							open.size(), parties.from(), parties.to(), failure.sentence()));
			return List.of();
		}
		BigInteger unpaid = this.books.putInDefault(parties, open.subList(covered.size(), open.size()));
		logger.error(
				"{} cannot pay {} base units that were committed to {}: in ledger {} it has {} and allows {}. Nothing "
						+ "more is committed for it until that is paid",
				parties.from(), unpaid, parties.to(), found.ledger(), found.balance(), found.allowance());
		this.figures.defaulted(parties.asset(), unpaid);
		return covered;
	}

	/** Others need what their sessions may still spend, and what they have set aside. */
	private List<OpenCommitment> collectable(Parties parties, List<OpenCommitment> open) {
		PayerFunds found = this.means.read(parties, known(parties, open));
		return (found != null) ? Covered.by(open,
				found
					.without(this.commitments.owed(parties.asset(), parties.from(), this.spender, found.ledger()),
							this.commitments.setAside(parties.asset(), parties.from()))
					.payable())
				: List.of();
	}

	private CompletableFuture<Boolean> dispatch(Parties parties, List<OpenCommitment> chosen, SettleDeadline deadline) {
		List<Settlement> members = chosen.stream()
			.map((commitment) -> new Settlement(commitment.id(), commitment.session(),
					new Transfer(parties.asset(), parties.from(), parties.to(), commitment.amount()),
					commitment.lastLedger(), true))
			.toList();
		return this.dispatcher.dispatch(() -> members, deadline)
			.fold((sent) -> followed(parties, members.size(), sent, deadline), (refused) -> {
				covered(parties, chosen, refused.failure());
				return CompletableFuture.completedFuture(false);
			}, (notSent) -> CompletableFuture.completedFuture(false),
					(unknown) -> CompletableFuture.completedFuture(false));
	}

	private CompletableFuture<Boolean> followed(Parties parties, int count, DispatchResult.Sent sent,
			SettleDeadline deadline) {
		return sent.trackingResult()
			.copy()
			.completeOnTimeout(new TrackingResult.Open(), deadline.left().toMillis(), TimeUnit.MILLISECONDS)
			.thenApply((result) -> result instanceof TrackingResult.Decided decided
					&& isPaid(parties, count, decided.outcome()));
	}

	private boolean isPaid(Parties parties, int count, Outcome outcome) {
		if (outcome.status() == Outcome.Status.CONFIRMED) {
			this.failures.invalidate(parties);
			this.figures.redeemed(count);
			return true;
		}
		if (outcome.ledger() != null) {
			this.failures.put(parties, outcome.ledger());
		}
		return false;
	}

}
