package io.github.x402sessions.facilitator.scheme;

import java.util.function.Consumer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.settlement.IdempotentReplay;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDelivery;

/**
 * Tracks answers that tell servers of settlements: one that did not reach its server may
 * be asked for once more. An answer is known by its identity, as long as anybody has it.
 * Thread-safe.
 */
public final class DeliveryTracker {

	private final IdempotentReplay replay;

	private final Cache<SettleResponse, OutcomeDelivery> deliveries = Caffeine.newBuilder().weakKeys().build();

	/**
	 * Create it.
	 * @param replay tells the servers that ask again
	 */
	public DeliveryTracker(IdempotentReplay replay) {
		this.replay = replay;
	}

	/** Remember what an answer tells, and return it. */
	public SettleResponse track(SettlementResult result, SettleResponse answer) {
		OutcomeDelivery delivery = result.delivery();
		if (delivery != null) {
			this.deliveries.put(answer, delivery);
		}
		return answer;
	}

	/**
	 * Hear that a server was told of a settlement.
	 * @param answer what it was answered: the very one that was made
	 */
	public void delivered(SettleResponse answer) {
		end(answer, this.replay::delivered);
	}

	/**
	 * Take back that a server was told of a settlement.
	 * @param answer what it was answered in vain: the very one that was made
	 */
	public void lost(SettleResponse answer) {
		end(answer, this.replay::undelivered);
	}

	private void end(SettleResponse answer, Consumer<OutcomeDelivery> how) {
		OutcomeDelivery delivery = this.deliveries.asMap().remove(answer);
		if (delivery != null) {
			how.accept(delivery);
		}
	}

}
