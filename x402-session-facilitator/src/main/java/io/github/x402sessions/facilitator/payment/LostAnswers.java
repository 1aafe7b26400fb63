package io.github.x402sessions.facilitator.payment;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.session.SessionStore;
import io.github.x402sessions.facilitator.settlement.Repetitions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Hears of answers that did not reach the server they were for, which may then ask once
 * more. Thread-safe.
 *
 * @param sessions the sessions
 * @param repetitions tells the servers that ask again
 */
public record LostAnswers(SessionStore sessions, Repetitions repetitions) {

	private static final Logger logger = LoggerFactory.getLogger(LostAnswers.class);

	/**
	 * Take back that a server was told of a settlement.
	 * @param request what the server asked
	 * @param answer what it was answered in vain
	 */
	public void lost(FacilitatorRequest request, SettleResponse answer) {
		if (!answer.success()) {
			return;
		}
		try {
			this.sessions.find(PaymentCheck.token(request))
				.ifPresent((session) -> this.repetitions.undelivered(session, PaymentKeys.of(request),
						answer.transaction()));
		}
		catch (DataAccessException ex) {
			logger.error("Nobody was told of transaction {}, and that cannot be written down: {}", answer.transaction(),
					ex.getMessage());
		}
	}

}
