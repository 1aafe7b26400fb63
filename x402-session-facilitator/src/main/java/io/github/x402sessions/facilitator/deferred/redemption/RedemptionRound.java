package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.transfer.Parties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Round over what is open, as long as nobody doubts the books: has redeemed what has
 * waited long enough, once in a ledger has collected what payers owe and might have now,
 * and gives up what can no longer be paid. One thread goes round, any may ask for the
 * rest.
 */
final class RedemptionRound {

	private static final Logger logger = LoggerFactory.getLogger(RedemptionRound.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(1));

	private final RedemptionBooks books;

	private final RedemptionWorkers workers;

	private final RedemptionRules rules;

	private final LedgerClock ledgers;

	private final BooleanSupplier doubted;

	/** Used by the one thread that sees to what is open. */
	private long lastLedger;

	/** What was tried since the last ledger, which alone lets it do better; as above. */
	private final Set<Parties> tried = new HashSet<>();

	/**
	 * Create it.
	 * @param books where what cannot be paid is given up
	 * @param workers redeem and collect
	 * @param rules say what has waited long enough
	 * @param ledgers knows the height of the ledger
	 * @param doubted tells whether the books themselves are in doubt: they might have
	 * lost that something was redeemed, so that nothing is until they are not
	 */
	RedemptionRound(RedemptionBooks books, RedemptionWorkers workers, RedemptionRules rules, LedgerClock ledgers,
			BooleanSupplier doubted) {
		this.books = books;
		this.workers = workers;
		this.rules = rules;
		this.ledgers = ledgers;
		this.doubted = doubted;
	}

	/**
	 * See to what is open, the oldest first.
	 * @param now the time by which commitments are dated
	 */
	void see(List<OpenParties> open, Instant now) {
		if (!this.doubted.getAsBoolean()) {
			see(open, now, this.ledgers.latest().sequence());
		}
	}

	void see(List<OpenParties> open, Instant now, long ledger) {
		boolean closed = ledger > this.lastLedger;
		if (closed) {
			this.tried.clear();
		}
		Set<Parties> nearLimit = closed ? this.rules.nearLimit(open, ledger) : Set.of();
		for (OpenParties one : open.stream().sorted(Comparator.comparing(OpenParties::since)).toList()) {
			if (one.lastLedger() < ledger) {
				tryToWriteOff(one.parties(), ledger);
			}
			if (this.rules.isDue(one, now, ledger) || nearLimit.contains(one.parties())) {
				if (!this.tried.contains(one.parties()) && redeem(one.parties())) {
					this.tried.add(one.parties());
				}
			}
			else if (one.defaulted() && closed) {
				this.workers.collect(one.parties());
			}
		}
		this.lastLedger = Math.max(this.lastLedger, ledger);
		warn(open.stream().filter((one) -> isLate(one.since(), now)).toList());
	}

	/**
	 * Tell whether the oldest commitment has waited for so long that something is wrong.
	 */
	boolean isLate(Instant oldest, Instant now) {
		return this.rules.isLate(oldest, now);
	}

	private static void warn(List<OpenParties> late) {
		late.stream()
			.min(Comparator.comparing(OpenParties::since))
			.ifPresent((oldest) -> LOG.log("late",
					(skipped) -> logger.error(
							"{} payer(s) owe what should have been redeemed, such as {} to {} since {}", late.size(),
							oldest.parties().from(), oldest.parties().to(), oldest.oldest())));
	}

	/**
	 * Redeem what is open between parties, however young it is.
	 * @return whether that is begun; otherwise it is being done, or nothing is any more
	 */
	boolean redeem(Parties parties) {
		return !this.doubted.getAsBoolean() && this.workers.redeem(parties);
	}

	/** Return between how many parties something is being done. */
	int busy() {
		return this.workers.busy();
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
					"{} base units that {} has committed to {} are written off: they could be paid no longer in ledger {}",
					lost, parties.from(), parties.to(), ledger);
		}
	}

	/**
	 * Let what was taken be sent and take nothing more.
	 * @param longest how long that may take
	 */
	void close(Duration longest) {
		this.workers.close(longest);
	}

}
