package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.github.x402sessions.facilitator.deferred.RedemptionReadiness;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Parties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Looks, several times in a ledger, for commitments that have waited long enough and has
 * them redeemed; once in a ledger for what payers owe and might have now; and gives up
 * what can no longer be paid. Thread-safe.
 */
public final class RedemptionRounds implements RedemptionReadiness, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RedemptionRounds.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(1));

	private static final Duration SOON = Duration.ofMillis(500);

	/** Where nothing is open and nothing will be. */
	private static final Duration IDLE = Duration.ofSeconds(5);

	/** How long what is open at the end of the process may take to be sent. */
	private static final Duration LAST = Duration.ofSeconds(5);

	private final RedemptionBooks books;

	private final Redemption redemption;

	private final RedemptionWorkers workers;

	private final RedemptionRules rules;

	private final RedemptionFunds funds;

	private final LedgerClock ledgers;

	private final Clock clock;

	private final RedemptionObserver figures;

	private final boolean committing;

	private final BooleanSupplier doubted;

	/** Used by the one thread of the rounds. */
	private long lastLedger;

	/** What was tried since the last ledger, which alone lets it do better. */
	private final Set<Parties> tried = new HashSet<>();

	private final PeriodicTask rounds = new PeriodicTask("x402-redemption", SOON, this::round);

	/**
	 * Create the rounds.
	 * @param books what is open
	 * @param redemption redeems it
	 * @param workers who does that
	 * @param rules say what has waited long enough
	 * @param funds the lumens for it
	 * @param ledgers knows the height of the ledger
	 * @param clock the time that is written to rows
	 * @param figures hears what becomes of commitments
	 * @param committing whether there will be commitments
	 * @param doubted tells whether the books themselves are in doubt: they might have
	 * lost that something was redeemed, so that nothing is until they are not
	 */
	RedemptionRounds(RedemptionBooks books, Redemption redemption, RedemptionWorkers workers, RedemptionRules rules,
			RedemptionFunds funds, LedgerClock ledgers, Clock clock, RedemptionObserver figures, boolean committing,
			BooleanSupplier doubted) {
		this.books = books;
		this.redemption = redemption;
		this.workers = workers;
		this.rules = rules;
		this.funds = funds;
		this.ledgers = ledgers;
		this.clock = clock;
		this.figures = figures;
		this.committing = committing;
		this.doubted = doubted;
	}

	/** Begin. */
	public void start() {
		if (this.committing) {
			this.funds.look(0);
		}
		this.rounds.start(SOON);
	}

	@Override
	public boolean canRedeem() {
		return this.funds.canRedeem();
	}

	/**
	 * Read how redemption stands.
	 * @return its state
	 */
	public RedemptionState state() {
		Instant now = this.clock.instant();
		Instant oldest = this.books.open()
			.stream()
			.map(RedemptionRounds::age)
			.min(Comparator.naturalOrder())
			.orElse(now);
		return new RedemptionState(Duration.between(oldest.isBefore(now) ? oldest : now, now),
				this.rules.isLate(oldest, now), !this.committing || canRedeem());
	}

	private Duration round() {
		try {
			List<OpenParties> open = this.books.open();
			if (open.isEmpty() && !this.committing) {
				return IDLE;
			}
			this.figures.open(open);
			this.funds.look(open.size());
			if (!this.doubted.getAsBoolean()) {
				see(open, this.clock.instant(), this.ledgers.latest().sequence());
			}
		}
		catch (RpcException | DataAccessException ex) {
			LOG.log("round", (skipped) -> logger
				.warn("Nothing is redeemed now ({} more rounds since the last time): {}", skipped, ex.getMessage()));
		}
		return SOON;
	}

	/**
	 * See to what is open, the oldest first.
	 * @param now the time by which commitments are dated
	 * @param ledger the latest ledger
	 */
	void see(List<OpenParties> open, Instant now, long ledger) {
		boolean closed = ledger > this.lastLedger;
		if (closed) {
			this.tried.clear();
		}
		Set<Parties> nearLimit = closed ? this.rules.nearLimit(open, ledger) : Set.of();
		for (OpenParties one : open.stream().sorted(Comparator.comparing(RedemptionRounds::age)).toList()) {
			if (one.lastLedger() < ledger) {
				tryToWriteOff(one.parties(), ledger);
			}
			if (this.rules.isDue(one, now, ledger) || nearLimit.contains(one.parties())) {
				if (this.tried.add(one.parties())) {
					redeem(one.parties());
				}
			}
			else if (one.defaulted() && closed) {
				this.workers.take(one.parties(), (deadline) -> this.redemption.collect(one.parties(), deadline));
			}
		}
		this.lastLedger = Math.max(this.lastLedger, ledger);
		warn(open.stream().filter((one) -> this.rules.isLate(age(one), now)).toList());
	}

	private static void warn(List<OpenParties> late) {
		late.stream()
			.min(Comparator.comparing(RedemptionRounds::age))
			.ifPresent((oldest) -> LOG.log("late",
					(skipped) -> logger.error(
							"{} payer(s) owe what should have been redeemed, such as {} to {} since {}", late.size(),
							oldest.parties().from(), oldest.parties().to(), oldest.oldest())));
	}

	private static Instant age(OpenParties open) {
		return (open.oldest() != null) ? open.oldest() : Instant.MAX;
	}

	/** Redeem what is open between parties, however young it is. */
	void redeem(Parties parties) {
		if (!this.doubted.getAsBoolean()) {
			this.workers.take(parties, (deadline) -> this.redemption.redeem(parties, deadline));
		}
	}

	/** What cannot be written of some keeps no others from their turn. */
	private void tryToWriteOff(Parties parties, long ledger) {
		try {
			writeOff(parties, ledger);
		}
		catch (DataAccessException ex) {
			LOG.log("write-off", (skipped) -> logger.error("What {} has committed to {} cannot be written off: {}",
					parties.from(), parties.to(), ex.getMessage()));
		}
	}

	private void writeOff(Parties parties, long ledger) {
		BigInteger lost = this.books.writeOff(parties, ledger);
		if (lost.signum() > 0) {
			logger.error(
					"{} base units that {} has committed to {} are written off: their session is over in ledger {}",
					lost, parties.from(), parties.to(), ledger);
			this.figures.writtenOff(parties.asset(), lost);
		}
	}

	/** Send what is open, in bounded time; what is left is any node's. */
	@Override
	public void close() {
		this.rounds.close();
		try {
			this.books.open().stream().filter((one) -> one.oldest() != null).forEach((one) -> redeem(one.parties()));
		}
		catch (DataAccessException ex) {
			logger.warn("What is open is redeemed by another node, or later: {}", ex.getMessage());
		}
		this.workers.close(LAST);
	}

}
