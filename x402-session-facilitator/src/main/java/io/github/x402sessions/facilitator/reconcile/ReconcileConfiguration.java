package io.github.x402sessions.facilitator.reconcile;

import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelLeases;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.SpenderHistory;
import io.github.x402sessions.stellar.transfer.TransferReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
	MissingTransfers missingTransfers(RecordedSessions sessions, SpenderHistory history, ChainSearch search) {
		return new MissingTransfers(sessions, history, search);
	}

	@Bean
	UnrecordedSequences unknownNumbers(RecordedTransactions transactions, ChannelLeases channels, LedgerState chain,
			ChannelKeys keys, SpenderHistory history, ChainSearch search) {
		return new UnrecordedSequences(transactions, channels, chain, keys, history, search);
	}

}
