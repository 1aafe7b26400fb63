package io.github.x402sessions.facilitator.reconcile;

import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelLeases;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.key.Spenders;
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
	SpenderSearches spenderSearches(StellarRpc rpc, TransferReader reader, FacilitatorProperties properties,
			RecordedSessions sessions, ChainSearches searches, Spenders spenders) {
		return new SpenderSearches(spenders, searches, (spender, search) -> new MissingTransfers(sessions,
				new SpenderHistory(rpc, reader, properties.assets(), spender, properties.stellar().passphrase()),
				search));
	}

	@Bean
	UnrecordedSequences unknownNumbers(RecordedTransactions transactions, ChannelLeases channels, LedgerState chain,
			ChannelKeys keys, Spenders spenders, StellarRpc rpc, SpenderSearches searches) {
		return new UnrecordedSequences(transactions, channels, chain, keys, spenders, rpc, searches);
	}

}
