package io.github.x402sessions.facilitator.deferred;

import java.time.Duration;

import io.github.x402sessions.facilitator.chain.LedgerAge;
import io.github.x402sessions.facilitator.chain.TransferReadinessCache;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.LedgerTime;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.SpenderParties;
import io.github.x402sessions.stellar.transfer.TransferReadiness;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the chain lets a payment wait: its payer has it by a recent ledger,
 * and account and allowance last until it is redeemed. Thread-safe.
 *
 * @param ledgers knows the height of the ledger
 * @param age knows which ledger is too old
 * @param readiness knows what payers have
 * @param lifetime how many ledgers a transaction can be applied in
 * @param least how many ledgers there have to be for redeeming
 */
record PayerStandings(LedgerClock ledgers, LedgerAge age, TransferReadinessCache readiness, long lifetime, long least) {

	/** How many ledgers a balance may be behind the latest. */
	static final long OLDEST_BALANCE = TransferReadinessCache.MOST_BEHIND;

	/** About an hour. */
	private static final long LEAST_LEDGERS = 720;

	/** A commitment is due before the last ledgers that may apply it. */
	static PayerStandings of(LedgerClock ledgers, LedgerAge age, TransferReadinessCache readiness, Duration validity,
			Duration maxAge) {
		long lifetime = LedgerTime.ledgersPast(validity);
		return new PayerStandings(ledgers, age, readiness, lifetime,
				Math.max(LEAST_LEDGERS, LedgerTime.ledgersPast(maxAge) + 4 * lifetime));
	}

	/** Return {@code null} if the payment settles at once, whatever is lent. */
	@Nullable PayerStanding of(TransferOrder order) {
		try {
			LatestLedger latest = this.ledgers.latest();
			if (this.age.isOld(latest) || isSoon(order.lastLedger(), latest)) {
				return null;
			}
			String spender = order.account().method().spender();
			if (spender == null) {
				return null;
			}
			TransferReadiness found = this.readiness.recent(new SpenderParties(spender, order.transfer().parties()),
					order.account().openedIn());
			long end = Math.min(order.lastLedger(), found.allowance().liveUntil());
			if (isSoon(end, latest) || found.ledger() < latest.sequence() - OLDEST_BALANCE
					|| found.refusal(order.transfer().amount()) != null) {
				return null;
			}
			return new PayerStanding(spender,
					new PayerFunds(found.ledger(), found.payer().spendable(), found.allowance().usable()),
					end - 2 * this.lifetime);
		}
		catch (RpcException ex) {
			return null;
		}
	}

	private boolean isSoon(long end, LatestLedger latest) {
		return end - latest.sequence() < this.least;
	}

}
