package io.github.x402sessions.facilitator.payment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.settlement.IdempotentReplay;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDelivery;

/**
 * Hears of answers that did not reach the server they were for, which may then ask once
 * more. An answer is known by its identity, as long as anybody has it. Thread-safe.
 */
public final class UndeliveredOutcomes {

	private final IdempotentReplay replay;

	private final Cache<SettleResponse, OutcomeDelivery> deliveries = Caffeine.newBuilder().weakKeys().build();

	/**
	 * Create it.
	 * @param replay tells the servers that ask again
	 */
	public UndeliveredOutcomes(IdempotentReplay replay) {
		this.replay = replay;
	}

	/** Remember what an answer tells, and return it. */
	SettleResponse delivery(SettlementResult result, SettleResponse answer) {
		if (result instanceof SettlementResult.Settled settled && settled.delivery() != null) {
			this.deliveries.put(answer, settled.delivery());
		}
		return answer;
	}

	/**
	 * Take back that a server was told of a settlement.
	 * @param answer what it was answered in vain: the very one that was made
	 */
	public void lost(SettleResponse answer) {
		OutcomeDelivery delivery = this.deliveries.asMap().remove(answer);
		if (delivery != null) {
			this.replay.undelivered(delivery);
		}
	}

}
