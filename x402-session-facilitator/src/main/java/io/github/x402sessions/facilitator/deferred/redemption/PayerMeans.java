package io.github.x402sessions.facilitator.deferred.redemption;

import java.util.Set;

import io.github.x402sessions.facilitator.chain.LedgerAge;
import io.github.x402sessions.facilitator.deferred.PayerFunds;
import io.github.x402sessions.stellar.balance.Balance;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.SpenderParties;
import io.github.x402sessions.stellar.transfer.TransferReadiness;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves by the entries of the ledger what a payer has to pay with: allowance, balance
 * and trustline. A node that lags or hangs proves nothing, nor does a payer whom the
 * issuer has frozen; how the recipient stands does not matter. Thread-safe.
 *
 * @param reader reads entries
 * @param ledgers knows the height of the ledger
 * @param age knows which ledger is too old
 */
record PayerMeans(TransferReadinessReader reader, LedgerClock ledgers, LedgerAge age) {

	private static final Logger logger = LoggerFactory.getLogger(PayerMeans.class);

	/**
	 * Read what a payer can pay at most.
	 * @param ledger a ledger that is known to be closed, such as that of a failure
	 * @return what the ledger says, or {@code null} if nothing is proven
	 */
	@Nullable PayerFunds read(SpenderParties pair, long ledger) {
		String payer = pair.parties().from();
		try {
			LatestLedger latest = this.ledgers.now();
			if (this.age.isOld(latest)) {
				logger.warn("The ledger {} is too old to say what {} can pay", latest.sequence(), payer);
				return null;
			}
			long height = Math.max(ledger, latest.sequence());
			TransferReadiness readiness = this.reader.read(Set.of(pair)).get(pair);
			return (readiness != null && readiness.ledger() >= height
					&& readiness.payer().state() != Balance.State.FROZEN)
							? new PayerFunds(readiness.ledger(), readiness.payer().spendable(),
									readiness.allowance().usable())
							: null;
		}
		catch (RpcException ex) {
			logger.warn("The chain does not say what {} can pay: {}", payer, ex.getMessage());
			return null;
		}
	}

}
