package io.github.x402sessions.facilitator;

import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.SpenderHistory;
import io.github.x402sessions.facilitator.chain.SpenderKey;
import io.github.x402sessions.facilitator.chain.TransferReader;
import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.reconcile.ChainSearch;
import io.github.x402sessions.facilitator.reconcile.MissingTransfers;
import io.github.x402sessions.facilitator.reconcile.UnknownNumbers;
import io.github.x402sessions.facilitator.rpc.StellarRpc;
import io.github.x402sessions.facilitator.store.DatabaseClock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What holds the books against the chain.
 */
@Configuration(proxyBeanMethods = false)
class ReconcileConfiguration {

	@Bean
	TransferReader transferReader() {
		return new TransferReader();
	}

	@Bean
	SpenderHistory spenderHistory(StellarRpc rpc, TransferReader reader, FacilitatorProperties properties,
			SpenderKey spender) {
		return new SpenderHistory(rpc, reader, properties.assets(), spender.address(),
				properties.stellar().passphrase());
	}

	@Bean
	ChainSearch chainSearch(JdbcClient jdbc, DatabaseClock clock, SpenderKey spender) {
		return new ChainSearch(jdbc, clock, spender.address());
	}

	@Bean
	MissingTransfers missingTransfers(JdbcClient jdbc, SpenderHistory history, ChainSearch search) {
		return new MissingTransfers(jdbc, history, search);
	}

	@Bean
	UnknownNumbers unknownNumbers(JdbcClient jdbc, Chain chain, ChannelKeys keys, SpenderHistory history,
			ChainSearch search) {
		return new UnknownNumbers(jdbc, chain, keys, history, search);
	}

}
