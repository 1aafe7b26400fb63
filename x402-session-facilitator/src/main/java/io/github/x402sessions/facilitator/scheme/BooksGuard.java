package io.github.x402sessions.facilitator.scheme;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;

/**
 * Answers for settlements while the books fail: nobody can say then that nothing was
 * done, for a call or an earlier one. Thread-safe.
 *
 * @param network the network that is served, as a CAIP-2 id
 */
public record BooksGuard(String network) {

	private static final Logger logger = LoggerFactory.getLogger(BooksGuard.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofSeconds(5));

	/**
	 * Settle.
	 * @param work settles
	 * @return its answer, or that the payment is pending
	 */
	public SettleResponse orPending(Supplier<SettleResponse> work) {
		try {
			return work.get();
		}
		catch (DataAccessException ex) {
			LOG.log("books",
					(skipped) -> logger.atError()
						.setCause((ex instanceof NonTransientDataAccessException) ? ex : null)
						.log("Settlements fail for want of the books ({} more since the last time): {}", skipped,
								ex.getMessage()));
			return SettleResponse.failure(Reason.SETTLEMENT_PENDING.wireName(),
					"the books cannot be used now: it is not known whether the payment is made", this.network);
		}
	}

	/**
	 * Tidy up after a payment whose outcome is known, and which has to be told whatever
	 * becomes of this: what is left lying ends by itself.
	 * @param work tidies up
	 */
	public void tidy(Runnable work) {
		try {
			work.run();
		}
		catch (DataAccessException ex) {
			LOG.log("tidying", (skipped) -> logger.warn(
					"What was counted or held for a payment stays until it lapses ({} more since the last time): {}",
					skipped, ex.getMessage()));
		}
	}

}
