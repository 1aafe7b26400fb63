package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.facilitator.chain.TransferReadinessCache;
import io.github.x402sessions.facilitator.deferred.PayerFunds;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.SpenderParties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the commitments between parties that can be paid: those that the chain would
 * take together. What it proves that a payer cannot pay is put in default. Thread-safe.
 */
final class PayableCommitments {

	private static final Logger logger = LoggerFactory.getLogger(PayableCommitments.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(1));

	private static final int REMEMBERED = 10_000;

	private final RedemptionBooks books;

	private final TransferReadinessCache readiness;

	private final PayerMeans means;

	/** The last ledgers in which transactions between parties have failed. */
	private final Cache<Parties, Long> failures = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

	/**
	 * Create it.
	 * @param books where defaults are written down
	 * @param readiness knows how parties stand, without a question for each
	 * @param means proves what a payer can pay
	 */
	PayableCommitments(RedemptionBooks books, TransferReadinessCache readiness, PayerMeans means) {
		this.books = books;
		this.readiness = readiness;
		this.means = means;
	}

	/**
	 * Choose what can be paid. What would fail is not sent: it costs a fee and a ledger.
	 * @param open what one spender takes of what is open between the parties, the oldest
	 * first, of which nothing is on its way; not empty
	 */
	List<OpenCommitment> choose(Parties parties, List<OpenCommitment> open) {
		TransferFailure failure;
		try {
			failure = this.readiness.refusal(of(parties, open), known(parties, open), OpenCommitment.sum(open));
		}
		catch (RpcException ex) {
			logger.warn("Nothing of {} is redeemed now: {}", parties.from(), ex.getMessage());
			return List.of();
		}
		if (failure == null) {
			return open;
		}
		PayerFunds found = this.means.read(of(parties, open), known(parties, open));
		if (found == null) {
			return List.of();
		}
		List<OpenCommitment> covered = OpenCommitment.covered(open, found.payable());
		putInDefault(parties, open, covered, found, failure);
		return (covered.size() < open.size()) ? covered : List.of();
	}

	/**
	 * Hear that the chain refuses commitments. What their payer cannot pay of them is put
	 * in default; what it can has another turn.
	 * @param refused what one spender takes of what is open between the parties, of which
	 * nothing is on its way
	 * @param failure why it refuses them
	 */
	void refused(Parties parties, List<OpenCommitment> refused, TransferFailure failure) {
		PayerFunds found = this.means.read(of(parties, refused), known(parties, refused));
		if (found != null) {
			putInDefault(parties, refused, OpenCommitment.covered(refused, found.payable()), found, failure);
		}
	}

	/** Put in default what is not covered by what its payer has. */
	private void putInDefault(Parties parties, List<OpenCommitment> open, List<OpenCommitment> covered,
			PayerFunds found, TransferFailure failure) {
		if (covered.size() == open.size()) {
			LOG.log(parties.to() + parties.from(),
					(skipped) -> logger.warn(
							"{} commitment(s) of {} to {} cannot be redeemed now, for no fault of the payer's: {}",
							open.size(), parties.from(), parties.to(), failure.sentence()));
			return;
		}
		BigInteger unpaid = this.books.putInDefault(parties, open.subList(covered.size(), open.size()));
		logger.error(
				"{} cannot pay {} base units that were committed to {}: in ledger {} it has {} and allows {}. Nothing "
						+ "more is committed for it until that is paid",
				parties.from(), unpaid, parties.to(), found.ledger(), found.balance(), found.allowance());
	}

	/**
	 * Choose what can be paid of what is in default, besides what others need.
	 * @param open what one spender takes of what is in default between the parties, the
	 * oldest first; not empty
	 */
	List<OpenCommitment> chooseDefaulted(Parties parties, List<OpenCommitment> open) {
		PayerFunds found = this.means.read(of(parties, open), known(parties, open));
		return (found != null) ? OpenCommitment.covered(open, this.books.left(of(parties, open), found).payable())
				: List.of();
	}

	private static SpenderParties of(Parties parties, List<OpenCommitment> open) {
		return new SpenderParties(open.get(0).spender(), parties);
	}

	/**
	 * Return a ledger that is known to be closed, by any node's word: one before it may
	 * be from a time when the payer did not have yet what it has promised since.
	 */
	private long known(Parties parties, List<OpenCommitment> open) {
		return Math.max(Objects.requireNonNullElse(this.failures.getIfPresent(parties), 0L),
				open.stream()
					.mapToLong((commitment) -> Math.max(commitment.openedIn(), commitment.fundedIn()))
					.max()
					.orElseThrow());
	}

	/** Remember the ledger in which a transaction between parties has failed. */
	void failed(Parties parties, long ledger) {
		this.failures.asMap().merge(parties, ledger, Math::max);
	}

}
