package io.github.x402sessions.facilitator.deferred.redemption;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import io.github.x402sessions.facilitator.deferred.RedemptionReadiness;
import io.github.x402sessions.facilitator.drain.Drain;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Parties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Redemption all the time: looks, several times in a ledger, for what is open and has a
 * {@link RedemptionRound} see to it; at the end of the process all of it is sent. On a
 * node that is drained nothing is begun that nobody asks for, also not at its end.
 * Thread-safe.
 */
public final class PeriodicRedemption implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PeriodicRedemption.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(1));

	private static final Duration SOON = Duration.ofMillis(500);

	/** How many times as long as it takes to read what is open it is left alone. */
	private static final int REST = 20;

	/** Where nothing is open and nothing will be, and at most. */
	private static final Duration IDLE = Duration.ofSeconds(5);

	/** How long what is open at the end of the process may take to be sent. */
	private static final Duration LAST = Duration.ofSeconds(5);

	private final RedemptionBooks books;

	private final RedemptionRound round;

	private final RedemptionLumens lumens;

	private final Clock clock;

	private final Drain drain;

	private final boolean committing;

	private volatile @Nullable Reading latest;

	private final PeriodicTask rounds = new PeriodicTask("x402-redemption", SOON, this::look);

	/**
	 * Create it.
	 * @param books what is open
	 * @param round sees to it
	 * @param lumens the lumens for it
	 * @param clock the time that is written to rows
	 * @param drain knows whether anything new is begun
	 * @param committing whether there will be commitments
	 */
	PeriodicRedemption(RedemptionBooks books, RedemptionRound round, RedemptionLumens lumens, Clock clock, Drain drain,
			boolean committing) {
		this.books = books;
		this.round = round;
		this.lumens = lumens;
		this.clock = clock;
		this.drain = drain;
		this.committing = committing;
	}

	/** Begin. */
	public void start() {
		if (this.committing) {
			this.lumens.look(0);
		}
		this.rounds.start(SOON);
	}

	/** Tell whether lumens suffice for it; where that is not known, they do not. */
	boolean canRedeem() {
		return this.lumens.canRedeem();
	}

	/**
	 * Tell how redemption stands, by what was read a few seconds ago where something was.
	 * @return its state
	 */
	public RedemptionState state() {
		Instant now = this.clock.instant();
		Instant oldest = lately(now).stream().map(OpenParties::since).min(Comparator.naturalOrder()).orElse(now);
		return new RedemptionState(Duration.between(oldest.isBefore(now) ? oldest : now, now),
				this.round.isLate(oldest, now), !this.committing || canRedeem());
	}

	/**
	 * Read between whom commitments are in no transaction.
	 * @return who owes whom
	 */
	public List<OpenParties> open() {
		return this.books.open();
	}

	/**
	 * Redeem what is open, however young it is.
	 * @param which between whom
	 * @return between whom that is begun; between others it is being done, or the books
	 * are in doubt
	 */
	public List<Parties> redeem(Predicate<Parties> which) {
		return this.books.open()
			.stream()
			.filter(OpenParties::isWaiting)
			.map(OpenParties::parties)
			.filter(which)
			.filter(this.round::redeem)
			.toList();
	}

	/** Return between how many parties this node is redeeming something. */
	public int underWay() {
		return this.round.busy();
	}

	private List<OpenParties> lately(Instant now) {
		Reading known = this.latest;
		return (known != null && known.at().plus(IDLE).isAfter(now)) ? known.open() : read(now);
	}

	private List<OpenParties> read(Instant now) {
		List<OpenParties> open = this.books.open();
		this.latest = new Reading(now, open);
		return open;
	}

	private Duration look() {
		Duration pause = SOON;
		try {
			long begun = System.nanoTime();
			List<OpenParties> open = read(this.clock.instant());
			pause = pauseAfter(Duration.ofNanos(System.nanoTime() - begun));
			if (open.isEmpty() && !this.committing) {
				return IDLE;
			}
			this.lumens.look(open.stream().mapToInt(OpenParties::transactions).sum());
			if (!this.drain.isDraining()) {
				this.round.see(open, this.clock.instant());
			}
		}
		catch (RpcException | DataAccessException ex) {
			LOG.log("round", (skipped) -> logger
				.warn("Nothing is redeemed now ({} more rounds since the last time): {}", skipped, ex.getMessage()));
		}
		return pause;
	}

	/** Long lists are read less often, but never less than once in a ledger. */
	static Duration pauseAfter(Duration reading) {
		Duration pause = reading.multipliedBy(REST);
		if (pause.compareTo(SOON) < 0) {
			return SOON;
		}
		return (pause.compareTo(IDLE) < 0) ? pause : IDLE;
	}

	/** Send what is open, in bounded time; what is left is any node's. */
	@Override
	public void close() {
		this.rounds.close();
		if (!this.drain.isDraining()) {
			redeemTheRest();
		}
		this.round.close(LAST);
	}

	private void redeemTheRest() {
		try {
			this.books.open()
				.stream()
				.filter(OpenParties::isWaiting)
				.forEach((one) -> this.round.redeem(one.parties()));
		}
		catch (DataAccessException ex) {
			logger.warn("What is open is redeemed by another node, or later: {}", ex.getMessage());
		}
	}

	/**
	 * Reading of the books.
	 *
	 * @param at when
	 * @param open what was open
	 */
	private record Reading(Instant at, List<OpenParties> open) {
	}

}
