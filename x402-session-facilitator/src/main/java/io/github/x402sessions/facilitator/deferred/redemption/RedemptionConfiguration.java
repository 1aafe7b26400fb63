package io.github.x402sessions.facilitator.deferred.redemption;

import java.time.Clock;

import io.github.x402sessions.facilitator.chain.TransferReadinessCache;
import io.github.x402sessions.facilitator.chain.LedgerAge;
import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelUse;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.config.DeferredProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.deferred.ExposureLimits;
import io.github.x402sessions.facilitator.deferred.LendingBooks;
import io.github.x402sessions.facilitator.reconcile.ConsistencyMonitor;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionSums;
import io.github.x402sessions.facilitator.session.closing.PromisedPayments;
import io.github.x402sessions.facilitator.settlement.Recovery;
import io.github.x402sessions.facilitator.settlement.TransactionDispatcher;
import io.github.x402sessions.facilitator.settlement.TransactionSubmitter;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.settlement.tracking.TransactionTracker;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.LedgerTime;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Redemption, for whoever serves: also of what was committed before deferred settlement
 * was switched off.
 */
@Configuration(proxyBeanMethods = false)
public class RedemptionConfiguration {

	/** Two transactions that die one after the other, and one that is applied. */
	private static final long LIFETIMES = 4;

	@Bean
	RedemptionBooks redemptionBooks(UnitOfWork unitOfWork, RedemptionRepository commitments, SessionRepository sessions,
			SessionSums sums, LendingBooks lending, AccountKey spender) {
		return new RedemptionBooks(unitOfWork, commitments, sessions, sums, lending, spender.address());
	}

	@Bean
	Redemption redemption(RedemptionRepository commitments, RedemptionBooks books, AccountKey spender,
			LedgerClock ledgers, TransferReadinessCache readiness, TransferReadinessReader reader,
			SettlementBooks settlements, Channels channels, TransactionSubmitter submitter, TransactionTracker tracker,
			RedemptionObserver figures) {
		return new Redemption(commitments, books, spender.address(), ledgers, readiness,
				new PayerMeans(reader, ledgers, new LedgerAge(Clock.systemUTC())),
				new TransactionDispatcher(settlements, channels, ChannelUse.LATER, submitter, tracker), figures);
	}

	@Bean(initMethod = "start")
	RedemptionRounds redemptionRounds(RedemptionRepository commitments, RedemptionBooks books, Redemption redemption,
			FacilitatorProperties properties, DeferredProperties deferred, LendingBooks lending, ChannelKeys keys,
			TransferReadinessReader reader, FeePolicy fees, LedgerClock ledgers, Nodes nodes,
			RedemptionObserver figures, Recovery recovered, ConsistencyMonitor watch) {
		RedemptionRules rules = new RedemptionRules(deferred.maxAge(), deferred.flushBaseUnits(),
				LIFETIMES * LedgerTime.ledgersPast(properties.transactionValidity()), lending,
				ExposureLimits.of(deferred));
		RedemptionWorkers workers = new RedemptionWorkers(commitments, Math.max(1, keys.addresses().size()),
				properties.settleTimeout());
		return new RedemptionRounds(books, redemption, workers, rules, new RedemptionFunds(reader, keys, fees), ledgers,
				nodes.clock(), figures, deferred.enabled(), () -> watch.doubt().isPresent());
	}

	@Bean
	PromisedPayments promisedPayments(RedemptionRepository commitments, RedemptionRounds rounds, Polling polling,
			FacilitatorProperties properties) {
		return new PromisedRedemption(commitments, rounds, polling, properties.settleTimeout());
	}

}
