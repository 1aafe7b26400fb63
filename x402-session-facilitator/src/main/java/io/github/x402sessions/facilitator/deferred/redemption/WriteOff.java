package io.github.x402sessions.facilitator.deferred.redemption;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.github.x402sessions.stellar.transfer.Parties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Write-off of what an operator gives up before the time of its account is over. The
 * recipient has lost it, as though it could not have been paid. Thread-safe.
 */
public final class WriteOff {

	private static final Logger logger = LoggerFactory.getLogger(WriteOff.class);

	private final RedemptionBooks books;

	/**
	 * Create it.
	 * @param books where it is written down
	 */
	WriteOff(RedemptionBooks books) {
		this.books = books;
	}

	/**
	 * Read what can be given up between parties, whoever could take it, the oldest first.
	 * @param parties payer, asset and recipient
	 * @param defaulted whether those that are in default, or those that are not
	 * @param count how many at most
	 */
	public List<OpenCommitment> open(Parties parties, boolean defaulted, int count) {
		return this.books.openOfAny(parties, defaulted, count);
	}

	/**
	 * Give a commitment up that is in no transaction.
	 * @param commitment its name
	 * @param beside the last step of the unit of work that writes it down
	 * @return what was given up; empty if there is no such commitment, or it is on its
	 * way or has ended
	 */
	public Optional<GivenUp> of(String commitment, Consumer<GivenUp> beside) {
		Optional<GivenUp> lost = this.books.writeOff(commitment, beside);
		lost.ifPresent((one) -> logger.warn("{} base units that {} has committed to {} are written off by an operator",
				one.amount(), one.parties().from(), one.parties().to()));
		return lost;
	}

}
