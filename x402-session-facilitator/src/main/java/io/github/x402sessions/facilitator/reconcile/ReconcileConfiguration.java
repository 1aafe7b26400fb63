package io.github.x402sessions.facilitator.reconcile;

import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.store.DatabaseClock;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.SpenderHistory;
import io.github.x402sessions.stellar.transfer.TransferReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Beans that hold the books against the chain.
 */
@Configuration(proxyBeanMethods = false)
public class ReconcileConfiguration {

	@Bean
	TransferReader transferReader() {
		return new TransferReader();
	}

	@Bean
	SpenderHistory spenderHistory(StellarRpc rpc, TransferReader reader, FacilitatorProperties properties,
			AccountKey spender) {
		return new SpenderHistory(rpc, reader, properties.assets(), spender.address(),
				properties.stellar().passphrase());
	}

	@Bean
	ChainSearch chainSearch(JdbcClient jdbc, DatabaseClock clock, AccountKey spender) {
		return new ChainSearch(jdbc, clock, spender.address());
	}

	@Bean
	MissingTransfers missingTransfers(JdbcClient jdbc, SpenderHistory history, ChainSearch search) {
		return new MissingTransfers(jdbc, history, search);
	}

	@Bean
	UnknownNumbers unknownNumbers(JdbcClient jdbc, LedgerState chain, ChannelKeys keys, SpenderHistory history,
			ChainSearch search) {
		return new UnknownNumbers(jdbc, chain, keys, history, search);
	}

}
