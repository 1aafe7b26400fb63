package io.github.x402sessions.facilitator.settlement;

import java.time.Clock;

import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.config.EngineProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDeliveries;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.facilitator.settlement.repository.TransactionRepository;
import io.github.x402sessions.facilitator.settlement.tracking.SettlementObserver;
import io.github.x402sessions.facilitator.settlement.tracking.TransactionTracker;
import io.github.x402sessions.facilitator.store.Dialect;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.Transfers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The settlement engine. What was left open is taken up before the first call is served.
 */
@Configuration(proxyBeanMethods = false)
public class SettlementConfiguration {

	@Bean
	TransactionTracker transactionTracker(StellarRpc rpc, LedgerState chain, Transfers transfers, FeePolicy fees,
			TransactionRepository book, Channels channels, Polling polling, SettlementObserver figures) {
		return new TransactionTracker(rpc, chain, transfers, fees, book, channels, polling, figures);
	}

	@Bean(initMethod = "start")
	Recovery recovery(Dialect dialect, Nodes nodes, SettlementRepository books, TransactionRepository book,
			TransactionTracker tracker, OutcomeDeliveries deliveries, FacilitatorProperties properties,
			EngineProperties engine) {
		return new Recovery(dialect, nodes, books, book, tracker, deliveries, engine.identifierRetention(),
				properties.longestCall());
	}

	@Bean
	TransactionSubmitter transactionSubmitter(TransactionRepository book, LedgerState chain, ChannelKeys keys,
			LedgerClock ledgers, Transfers transfers, FacilitatorProperties properties, SettlementObserver figures) {
		return new TransactionSubmitter(book, chain, keys, ledgers, transfers, properties.transactionValidity(),
				Clock.systemUTC(), figures);
	}

	@Bean
	IdempotentReplay idempotentReplay(SettlementRepository books, OutcomeDeliveries deliveries,
			SessionRepository sessions, Polling polling) {
		return new IdempotentReplay(books, deliveries, sessions, polling);
	}

	@Bean
	OutcomeResolver outcomeResolver(SettlementRepository books, SessionRepository sessions, LedgerState chain,
			Transfers transfers) {
		return new OutcomeResolver(books, sessions, chain, transfers);
	}

	@Bean
	SettlementEngine settlementEngine(SettlementRepository books, IdempotentReplay replay, Channels channels,
			TransactionSubmitter submitter, TransactionTracker tracker, OutcomeResolver outcomes,
			FacilitatorProperties properties, EngineProperties engine, Recovery recovered) {
		TransactionDispatcher dispatcher = new TransactionDispatcher(books, channels, submitter, tracker);
		return new SettlementEngine(books, replay, new SettlementCoalescer(dispatcher, engine.coalesceWindow()),
				outcomes, properties.settleTimeout());
	}

}
