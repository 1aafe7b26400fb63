package io.github.x402sessions.facilitator.payment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.settlement.Repetitions;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.Telling;

/**
 * Hears of answers that did not reach the server they were for, which may then ask once
 * more. An answer is known by its identity, as long as anybody has it. Thread-safe.
 */
public final class LostAnswers {

	private final Repetitions repetitions;

	private final Cache<SettleResponse, Telling> tellings = Caffeine.newBuilder().weakKeys().build();

	/**
	 * Create it.
	 * @param repetitions tells the servers that ask again
	 */
	public LostAnswers(Repetitions repetitions) {
		this.repetitions = repetitions;
	}

	/** Remember what an answer tells, and return it. */
	SettleResponse telling(SettlementResult result, SettleResponse answer) {
		if (result instanceof SettlementResult.Settled settled && settled.telling() != null) {
			this.tellings.put(answer, settled.telling());
		}
		return answer;
	}

	/**
	 * Take back that a server was told of a settlement.
	 * @param answer what it was answered in vain: the very one that was made
	 */
	public void lost(SettleResponse answer) {
		Telling telling = this.tellings.asMap().remove(answer);
		if (telling != null) {
			this.repetitions.undelivered(telling);
		}
	}

}
