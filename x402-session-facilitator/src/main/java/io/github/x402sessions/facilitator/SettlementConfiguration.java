package io.github.x402sessions.facilitator;

import java.time.Clock;

import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.FeePolicy;
import io.github.x402sessions.facilitator.chain.LedgerClock;
import io.github.x402sessions.facilitator.chain.Transfers;
import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.operations.SettlementMeters;
import io.github.x402sessions.facilitator.rpc.Polling;
import io.github.x402sessions.facilitator.rpc.StellarRpc;
import io.github.x402sessions.facilitator.session.SessionStore;
import io.github.x402sessions.facilitator.settlement.Books;
import io.github.x402sessions.facilitator.settlement.Departures;
import io.github.x402sessions.facilitator.settlement.Endings;
import io.github.x402sessions.facilitator.settlement.Follower;
import io.github.x402sessions.facilitator.settlement.Gathering;
import io.github.x402sessions.facilitator.settlement.Recovery;
import io.github.x402sessions.facilitator.settlement.Repetitions;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import io.github.x402sessions.facilitator.settlement.SettlementFigures;
import io.github.x402sessions.facilitator.settlement.Submitter;
import io.github.x402sessions.facilitator.settlement.Tellings;
import io.github.x402sessions.facilitator.settlement.TransactionBook;
import io.github.x402sessions.facilitator.store.DatabaseClock;
import io.github.x402sessions.facilitator.store.Dialect;
import io.github.x402sessions.facilitator.store.Nodes;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The settlement engine. What was left open is taken up before the first call is served.
 */
@Configuration(proxyBeanMethods = false)
class SettlementConfiguration {

	@Bean
	Books books(JdbcClient jdbc, TransactionOperations transactions, Nodes nodes, DatabaseClock clock) {
		return new Books(jdbc, transactions, nodes, clock);
	}

	@Bean
	TransactionBook transactionBook(JdbcClient jdbc, TransactionOperations transactions, Dialect dialect, Nodes nodes,
			DatabaseClock clock, Books books) {
		return new TransactionBook(jdbc, transactions, dialect, nodes, clock, books);
	}

	@Bean
	SettlementFigures settlementFigures(ObjectProvider<MeterRegistry> registries) {
		return new SettlementMeters(MeterConfiguration.registry(registries));
	}

	@Bean
	Follower follower(StellarRpc rpc, Chain chain, Transfers transfers, FeePolicy fees, TransactionBook book,
			Channels channels, Polling polling, SettlementFigures figures) {
		return new Follower(rpc, chain, transfers, fees, book, channels, polling, figures);
	}

	@Bean(initMethod = "start")
	Recovery recovery(Dialect dialect, Nodes nodes, Books books, TransactionBook book, Follower follower,
			Tellings tellings, FacilitatorProperties properties, EngineProperties engine) {
		return new Recovery(dialect, nodes, books, book, follower, tellings, engine.identifierRetention(),
				properties.longestCall());
	}

	@Bean
	Submitter submitter(TransactionBook book, Chain chain, ChannelKeys keys, LedgerClock ledgers, Transfers transfers,
			FacilitatorProperties properties, SettlementFigures figures) {
		return new Submitter(book, chain, keys, ledgers, transfers, properties.transactionValidity(), Clock.systemUTC(),
				figures);
	}

	@Bean
	Tellings tellings(JdbcClient jdbc, DatabaseClock clock) {
		return new Tellings(jdbc, clock);
	}

	@Bean
	Repetitions repetitions(Books books, Tellings tellings, SessionStore sessions, Polling polling) {
		return new Repetitions(books, tellings, sessions, polling);
	}

	@Bean
	Endings endings(Books books, SessionStore sessions, Chain chain, Transfers transfers) {
		return new Endings(books, sessions, chain, transfers);
	}

	@Bean
	SettlementEngine settlementEngine(Books books, Repetitions repetitions, Channels channels, Submitter submitter,
			Follower follower, Endings endings, FacilitatorProperties properties, EngineProperties engine,
			Recovery recovered) {
		Departures departures = new Departures(books, channels, submitter, follower);
		return new SettlementEngine(books, repetitions, new Gathering(departures, engine.coalesceWindow()), endings,
				properties.settleTimeout());
	}

}
