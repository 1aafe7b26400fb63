package io.github.x402sessions.facilitator.deferred.redemption;

import java.time.Duration;

import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.closing.PromisedPayments;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.stellar.rpc.Polling;

/**
 * Redemption of what a session has committed before its owner takes the allowance back,
 * whichever node does it. Thread-safe.
 *
 * @param commitments what is open
 * @param rounds redeem
 * @param polling the pause between two looks
 * @param longest how long the owner waits
 */
record PromisedRedemption(RedemptionRepository commitments, RedemptionRounds rounds, Polling polling,
		Duration longest) implements PromisedPayments {

	@Override
	public boolean pay(Session session) {
		SettleDeadline deadline = new SettleDeadline(this.longest);
		boolean awaited = session.reserved().signum() > 0 && this.commitments.isAwaited(session.key());
		while (awaited && !deadline.isOver()) {
			this.rounds.redeem(session.terms().parties());
			if (!this.polling.pause()) {
				return false;
			}
			awaited = this.commitments.isAwaited(session.key());
		}
		return !awaited;
	}

}
