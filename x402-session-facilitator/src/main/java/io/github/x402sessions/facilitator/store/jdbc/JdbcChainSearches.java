package io.github.x402sessions.facilitator.store.jdbc;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.facilitator.reconcile.ChainSearch;
import io.github.x402sessions.facilitator.reconcile.ChainSearches;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The states of the searches for transfers that the books lack. Thread-safe.
 *
 * @param jdbc the books
 * @param clock the time that is written to rows
 */
record JdbcChainSearches(JdbcClient jdbc, Clock clock) implements ChainSearches {

	@Override
	public ChainSearch of(String spender) {
		return new JdbcChainSearch(this.jdbc, this.clock, spender);
	}

	@Override
	public List<String> inDifference() {
		return this.jdbc.sql("select spender from chain_search where difference is not null order by spender")
			.query((row, number) -> row.getString("spender"))
			.list();
	}

	@Override
	public Optional<String> difference() {
		return this.jdbc.sql("select difference from chain_search where difference is not null order by spender")
			.query((row, number) -> row.getString("difference"))
			.list()
			.stream()
			.reduce((one, other) -> one + "; " + other);
	}

}
