package io.github.x402sessions.facilitator.channel;

import io.github.x402sessions.facilitator.config.DeferredProperties;
import io.github.x402sessions.facilitator.config.EngineProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.key.DerivationSecrets;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.fee.Funding;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.Transfers;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The sources of transactions, and what keeps them in lumens.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ EngineProperties.class, DeferredProperties.class })
public class ChannelConfiguration {

	/**
	 * One of so many channels is for what nobody waits for, and one for calls, where
	 * payments are deferred.
	 */
	private static final int KEPT = 4;

	@Bean
	ChannelKeys channelKeys(Spenders spenders, DerivationSecrets secrets, EngineProperties properties) {
		return new ChannelKeys(spenders, secrets, properties.channels());
	}

	@Bean
	Channels channels(ChannelLeases leases, ChannelKeys keys, FacilitatorProperties properties,
			DeferredProperties deferred) {
		int count = keys.addresses().size();
		boolean kept = deferred.enabled() && count > 1;
		return new Channels(leases, keys, properties.settleTimeout(), kept ? (count + KEPT - 1) / KEPT : 0);
	}

	@Bean
	OwnAccounts ownAccounts(ChannelKeys keys, ChannelLeases leases) {
		return new OwnAccounts(keys, leases);
	}

	@Bean
	FeePolicy feePolicy(StellarRpc rpc, EngineProperties properties) {
		return new FeePolicy(rpc, properties.maxInclusionFee());
	}

	@Bean
	ChannelFunds channelFunds(EngineProperties engine) {
		return new ChannelFunds(engine.channelStroops(), Transfers.DEAREST + engine.maxInclusionFee());
	}

	@Bean
	Funding funding(FacilitatorProperties properties, FeePolicy fees) {
		return new Funding(properties.stellar().passphrase(), fees);
	}

	@Bean
	OwnTransactions ownTransactions(StellarRpc rpc, LedgerState chain, LedgerClock ledgers, Polling polling,
			Channels channels, ChannelKeys keys) {
		return new OwnTransactions(rpc, chain, ledgers, polling, channels, keys);
	}

	@Bean
	ChannelMaintenance maintenance(LedgerState chain, Funding funding, OwnTransactions transactions, Channels channels,
			ChannelKeys keys, ChannelFunds funds) {
		return new ChannelMaintenance(chain, funding, transactions, channels, keys, funds);
	}

}
