package io.github.x402sessions.facilitator.key;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Says to other nodes every few seconds which spenders this one signs for, and to the
 * operator where one is missing: here, for sessions that there are, or elsewhere, for
 * those that this node registers. Thread-safe.
 */
public final class SpenderWatch implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SpenderWatch.class);

	private static final Duration ROUND = Duration.ofSeconds(2);

	/** About a minute. */
	private static final int ROUNDS_BETWEEN_COUNTS = 30;

	/** About an hour: all sessions that live are looked through. */
	private static final int COUNTS_BETWEEN_LOOKS = 60;

	private final Spenders spenders;

	private final SpenderRoster roster;

	private final LongSupplier latestLedger;

	private final PeriodicTask rounds = PeriodicTask.every("x402-spenders", ROUND, this::round);

	/** Used by the one thread of the rounds, as are the next. */
	private int untilCount = 1;

	private int untilLook;

	private List<String> looked = List.of();

	private boolean lonely;

	private volatile List<String> missing = List.of();

	/**
	 * Create the watch.
	 * @param spenders those that this node signs for
	 * @param roster what the nodes say to each other
	 * @param latestLedger knows the height of the ledger
	 */
	public SpenderWatch(Spenders spenders, SpenderRoster roster, LongSupplier latestLedger) {
		this.spenders = spenders;
		this.roster = roster;
		this.latestLedger = latestLedger;
	}

	/** Begin; other nodes know when this returns. */
	public void start() {
		this.roster.tell(this.spenders.addresses());
		this.rounds.start(Duration.ZERO);
	}

	/**
	 * Return the spenders that sessions rest on and this node does not sign for.
	 * @return their addresses, as of the last hour
	 */
	public List<String> missing() {
		return this.missing;
	}

	/**
	 * Count the nodes that have not said that they sign for the current spender.
	 * @return how many; none is what lets it be current
	 * @throws DataAccessException if the books cannot be read
	 */
	public int nodesWithoutCurrent() {
		return this.roster.nodesWithout(this.spenders.address());
	}

	private void round() {
		try {
			this.roster.tell(this.spenders.addresses());
			if (this.untilCount-- <= 0) {
				count();
				this.untilCount = ROUNDS_BETWEEN_COUNTS;
				if (this.untilLook-- <= 0 || !this.looked.equals(this.spenders.addresses())) {
					look();
					this.untilLook = COUNTS_BETWEEN_LOOKS;
				}
			}
		}
		catch (DataAccessException | RpcException ex) {
			logger.warn("The spenders of all nodes cannot be compared now: {}", ex.getMessage());
		}
	}

	private void count() {
		int without = nodesWithoutCurrent();
		if (without > 0 && !this.lonely) {
			logger.warn("{} other node(s) do not say that they sign for {}: add it to their facilitator.other-spenders "
					+ "before it is the spender of any", without, this.spenders.address());
		}
		this.lonely = without > 0;
	}

	private void look() {
		List<String> held = this.spenders.addresses();
		List<String> found = this.roster.needed(this.latestLedger.getAsLong())
			.stream()
			.filter((address) -> !held.contains(address))
			.toList();
		if (!found.equals(this.missing)) {
			found.forEach((address) -> logger.error(
					"Sessions rest on the spender {}, whose key is not here: they pay nothing, and nothing that they "
							+ "have committed is redeemed. Add it to facilitator.other-spenders",
					address));
		}
		this.missing = found;
		this.looked = held;
	}

	@Override
	public void close() {
		this.rounds.close();
	}

}
