package io.github.x402sessions.facilitator.deferred.redemption;

import java.time.Duration;

import io.github.x402sessions.facilitator.deferred.PromisedPayments;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.transfer.Parties;

/**
 * Redemption of what an account has committed before its owner takes the allowance back,
 * whichever node does it. Thread-safe.
 *
 * @param commitments what is open
 * @param round has it redeemed
 * @param polling the pause between two looks
 * @param longest how long the owner waits
 */
record PromisedRedemption(RedemptionRepository commitments, RedemptionRound round, Polling polling,
		Duration longest) implements PromisedPayments {

	@Override
	public boolean pay(String account, Parties parties) {
		SettleDeadline deadline = new SettleDeadline(this.longest);
		boolean awaited = this.commitments.isAwaited(account);
		while (awaited && !deadline.isOver()) {
			this.round.redeem(parties);
			if (!this.polling.pause()) {
				return false;
			}
			awaited = this.commitments.isAwaited(account);
		}
		return !awaited;
	}

}
