package io.github.x402sessions.facilitator.deferred.redemption;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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
 * Looks, several times in a ledger, for what is open, as long as nobody doubts the books;
 * at the end of the process it is sent. Thread-safe.
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

	private final RedemptionRound round;

	private final RedemptionFunds funds;

	private final LedgerClock ledgers;

	private final Clock clock;

	private final boolean committing;

	private final BooleanSupplier doubted;

	private final PeriodicTask rounds = new PeriodicTask("x402-redemption", SOON, this::look);

	/**
	 * Create the rounds.
	 * @param books what is open
	 * @param round sees to it
	 * @param funds the lumens for it
	 * @param ledgers knows the height of the ledger
	 * @param clock the time that is written to rows
	 * @param committing whether there will be commitments
	 * @param doubted tells whether the books themselves are in doubt: they might have
	 * lost that something was redeemed, so that nothing is until they are not
	 */
	RedemptionRounds(RedemptionBooks books, RedemptionRound round, RedemptionFunds funds, LedgerClock ledgers,
			Clock clock, boolean committing, BooleanSupplier doubted) {
		this.books = books;
		this.round = round;
		this.funds = funds;
		this.ledgers = ledgers;
		this.clock = clock;
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
		Instant oldest = this.books.open().stream().map(OpenParties::since).min(Comparator.naturalOrder()).orElse(now);
		return new RedemptionState(Duration.between(oldest.isBefore(now) ? oldest : now, now),
				this.round.isLate(oldest, now), !this.committing || canRedeem());
	}

	private Duration look() {
		try {
			List<OpenParties> open = this.books.open();
			if (open.isEmpty() && !this.committing) {
				return IDLE;
			}
			this.funds.look(open.size());
			if (!this.doubted.getAsBoolean()) {
				this.round.see(open, this.clock.instant(), this.ledgers.latest().sequence());
			}
		}
		catch (RpcException | DataAccessException ex) {
			LOG.log("round", (skipped) -> logger
				.warn("Nothing is redeemed now ({} more rounds since the last time): {}", skipped, ex.getMessage()));
		}
		return SOON;
	}

	/** Redeem what is open between parties, however young it is. */
	void redeem(Parties parties) {
		if (!this.doubted.getAsBoolean()) {
			this.round.redeem(parties);
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
		this.round.close(LAST);
	}

}
