package io.github.x402sessions.facilitator.deferred.redemption;

import java.time.Clock;

import io.github.x402sessions.facilitator.chain.LedgerAge;
import io.github.x402sessions.facilitator.chain.SpenderTransfers;
import io.github.x402sessions.facilitator.chain.TransferReadinessCache;
import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelUse;
import io.github.x402sessions.facilitator.config.DeferredProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.deferred.CommitmentAccounts;
import io.github.x402sessions.facilitator.deferred.ExposureLimits;
import io.github.x402sessions.facilitator.deferred.LendingBooks;
import io.github.x402sessions.facilitator.deferred.PromisedPayments;
import io.github.x402sessions.facilitator.deferred.RedemptionReadiness;
import io.github.x402sessions.facilitator.drain.Drain;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.reconcile.ConsistencyMonitor;
import io.github.x402sessions.facilitator.settlement.Recovery;
import io.github.x402sessions.facilitator.settlement.TransactionDispatcher;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.UnitOfWork;
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
	RedemptionBooks redemptionBooks(UnitOfWork unitOfWork, RedemptionRepository commitments,
			CommitmentAccounts accounts, LendingBooks lending, RedemptionObserver figures) {
		return new RedemptionBooks(unitOfWork, commitments, accounts, lending, figures);
	}

	@Bean
	PayableCommitments payableCommitments(RedemptionBooks books, TransferReadinessCache readiness,
			TransferReadinessReader reader, LedgerClock ledgers) {
		return new PayableCommitments(books, readiness,
				new PayerMeans(reader, ledgers, new LedgerAge(Clock.systemUTC())));
	}

	@Bean
	RedemptionTransactions redemptionTransactions(RedemptionBooks books, PayableCommitments payable,
			LedgerClock ledgers, TransactionDispatcher dispatcher, SpenderTransfers transfers,
			RedemptionObserver figures, ChannelKeys keys) {
		return new RedemptionTransactions(books, payable, ledgers, dispatcher.forUse(ChannelUse.LATER), transfers,
				figures, channels(keys));
	}

	private static int channels(ChannelKeys keys) {
		return Math.max(1, keys.addresses().size());
	}

	@Bean
	RedemptionRules redemptionRules(FacilitatorProperties properties, DeferredProperties deferred,
			LendingBooks lending) {
		return new RedemptionRules(deferred.maxAge(), deferred.flushBaseUnits(),
				LIFETIMES * LedgerTime.ledgersPast(properties.transactionValidity()), lending,
				ExposureLimits.of(deferred));
	}

	@Bean
	RedemptionWorkers redemptionWorkers(RedemptionRepository commitments, RedemptionTransactions transactions,
			ChannelKeys keys, FacilitatorProperties properties) {
		return new RedemptionWorkers(commitments, transactions, channels(keys), properties.settleTimeout());
	}

	@Bean
	RedemptionRound redemptionRound(RedemptionBooks books, RedemptionWorkers workers, RedemptionRules rules,
			LedgerClock ledgers, ConsistencyMonitor watch) {
		return new RedemptionRound(books, workers, rules, ledgers, () -> watch.doubt().isPresent());
	}

	@Bean
	WriteOff writeOff(RedemptionBooks books) {
		return new WriteOff(books);
	}

	@Bean
	RedemptionLumens redemptionLumens(TransferReadinessReader reader, ChannelKeys keys, FeePolicy fees) {
		return new RedemptionLumens(reader, keys, fees);
	}

	@Bean(initMethod = "start")
	PeriodicRedemption periodicRedemption(RedemptionBooks books, RedemptionRound round, RedemptionLumens lumens,
			Nodes nodes, Drain drain, DeferredProperties deferred, Recovery recovered) {
		return new PeriodicRedemption(books, round, lumens, nodes.clock(), drain, deferred.enabled());
	}

	@Bean
	RedemptionReadiness redemptionReadiness(PeriodicRedemption redemption, Spenders spenders) {
		return new RedemptionObstacles(redemption::canRedeem, spenders);
	}

	@Bean
	PromisedPayments promisedPayments(RedemptionRepository commitments, RedemptionRound round, Polling polling,
			FacilitatorProperties properties) {
		return new PromisedRedemption(commitments, round, polling, properties.settleTimeout());
	}

}
