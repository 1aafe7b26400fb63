package io.github.x402sessions.facilitator;

import java.time.Clock;
import java.util.List;

import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.LedgerClock;
import io.github.x402sessions.facilitator.chain.NetworkCheck;
import io.github.x402sessions.facilitator.chain.SpenderKey;
import io.github.x402sessions.facilitator.chain.Transfers;
import io.github.x402sessions.facilitator.rpc.Polling;
import io.github.x402sessions.facilitator.rpc.StellarRpc;
import io.github.x402sessions.facilitator.session.SessionStore;
import io.github.x402sessions.facilitator.settlement.Books;
import io.github.x402sessions.facilitator.settlement.Endings;
import io.github.x402sessions.facilitator.settlement.Follower;
import io.github.x402sessions.facilitator.settlement.Recovery;
import io.github.x402sessions.facilitator.settlement.Repetitions;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import io.github.x402sessions.facilitator.settlement.Submitter;
import io.github.x402sessions.facilitator.settlement.TransactionSources;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The settlement engine. What the last run left open is taken up before the first call is
 * served.
 */
@Configuration(proxyBeanMethods = false)
class SettlementConfiguration {

	@Bean
	Books books(JdbcClient jdbc, TransactionOperations transactions) {
		return new Books(jdbc, transactions, Clock.systemUTC());
	}

	@Bean
	TransactionSources transactionSources(SpenderKey spender) {
		return new TransactionSources(List.of(spender.address()));
	}

	@Bean
	Follower follower(StellarRpc rpc, Chain chain, Transfers transfers, Books books, Polling polling) {
		return new Follower(rpc, chain, transfers, books, polling);
	}

	@Bean(initMethod = "run")
	Recovery recovery(Books books, TransactionSources sources, Follower follower) {
		return new Recovery(books, sources, follower);
	}

	@Bean
	Submitter submitter(Books books, Chain chain, LedgerClock ledgers, Transfers transfers,
			FacilitatorProperties properties, NetworkCheck network) {
		return new Submitter(books, chain, ledgers, transfers, properties.transactionValidity(), Clock.systemUTC(),
				network);
	}

	@Bean
	Repetitions repetitions(Books books, SessionStore sessions, Polling polling) {
		return new Repetitions(books, sessions, polling);
	}

	@Bean
	Endings endings(SessionStore sessions, Chain chain, Transfers transfers) {
		return new Endings(sessions, chain, transfers);
	}

	@Bean
	SettlementEngine settlementEngine(Books books, Repetitions repetitions, TransactionSources sources,
			Submitter submitter, Follower follower, Endings endings, FacilitatorProperties properties,
			Recovery recovered) {
		return new SettlementEngine(books, repetitions, sources, submitter, follower, endings,
				properties.settleTimeout());
	}

}
