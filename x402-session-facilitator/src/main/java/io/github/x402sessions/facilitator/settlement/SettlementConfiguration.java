package io.github.x402sessions.facilitator.settlement;

import java.time.Clock;

import io.github.x402sessions.facilitator.chain.SpenderTransfers;
import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelUse;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.config.EngineProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.drain.Drain;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDeliveries;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.facilitator.settlement.repository.TransactionRepository;
import io.github.x402sessions.facilitator.settlement.tracking.SettlementObserver;
import io.github.x402sessions.facilitator.settlement.tracking.TransactionTracker;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The settlement engine. What was left open is taken up before the first call is served.
 */
@Configuration(proxyBeanMethods = false)
public class SettlementConfiguration {

	@Bean
	TransactionTracker transactionTracker(StellarRpc rpc, LedgerState chain, SpenderTransfers transfers, FeePolicy fees,
			SettlementBooks books, Channels channels, Polling polling, SettlementObserver figures) {
		return new TransactionTracker(rpc, chain, transfers, fees, books, channels, polling, figures);
	}

	@Bean(initMethod = "start")
	Recovery recovery(Nodes nodes, SettlementBooks books, SettlementRepository settlements,
			TransactionRepository transactions, TransactionTracker tracker, OutcomeDeliveries deliveries,
			FacilitatorProperties properties, EngineProperties engine) {
		return new Recovery(nodes, books, settlements, transactions, tracker, deliveries, engine.identifierRetention(),
				properties.longestCall());
	}

	@Bean
	TransactionSubmitter transactionSubmitter(SettlementBooks books, LedgerState chain, ChannelKeys keys,
			LedgerClock ledgers, FacilitatorProperties properties, SettlementObserver figures) {
		return new TransactionSubmitter(books, chain, keys, ledgers, properties.transactionValidity(),
				Clock.systemUTC(), figures);
	}

	@Bean
	IdempotentReplay idempotentReplay(SettlementRepository settlements, OutcomeDeliveries deliveries, Polling polling) {
		return new IdempotentReplay(settlements, deliveries, polling);
	}

	@Bean
	OutcomeResolver outcomeResolver(SettlementRepository settlements) {
		return new OutcomeResolver(settlements);
	}

	@Bean
	TransactionDispatcher transactionDispatcher(SettlementBooks books, Channels channels,
			TransactionSubmitter submitter, TransactionTracker tracker) {
		return new TransactionDispatcher(books, channels, ChannelUse.CALL, submitter, tracker);
	}

	@Bean
	SettlementEngine settlementEngine(SettlementBooks books, IdempotentReplay replay, TransactionDispatcher dispatcher,
			OutcomeResolver outcomes, Drain drain, FacilitatorProperties properties, EngineProperties engine,
			Recovery recovered) {
		return new SettlementEngine(books, replay, new SettlementCoalescer(dispatcher, engine.coalesceWindow()),
				outcomes, drain, properties.settleTimeout());
	}

}
