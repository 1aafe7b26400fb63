package io.github.x402sessions.facilitator.command;

import io.github.x402sessions.facilitator.audit.AuditConfiguration;
import io.github.x402sessions.facilitator.chain.ChainConfiguration;
import io.github.x402sessions.facilitator.chain.SpenderTransfers;
import io.github.x402sessions.facilitator.chain.TransferConfiguration;
import io.github.x402sessions.facilitator.channel.ChannelClosing;
import io.github.x402sessions.facilitator.channel.ChannelConfiguration;
import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelLeases;
import io.github.x402sessions.facilitator.channel.ChannelList;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.channel.OwnTransactions;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.deferred.LendingConfiguration;
import io.github.x402sessions.facilitator.key.KeyConfiguration;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.merchant.MerchantConfiguration;
import io.github.x402sessions.facilitator.reconcile.OpenTransactions;
import io.github.x402sessions.facilitator.reconcile.ReconcileConfiguration;
import io.github.x402sessions.facilitator.reconcile.Reconciliation;
import io.github.x402sessions.facilitator.reconcile.RecordedSessions;
import io.github.x402sessions.facilitator.reconcile.RecordedTransactions;
import io.github.x402sessions.facilitator.reconcile.RepairConfiguration;
import io.github.x402sessions.facilitator.reconcile.SpenderSearches;
import io.github.x402sessions.facilitator.reconcile.UncoveredSessions;
import io.github.x402sessions.facilitator.reconcile.UnrecordedSequences;
import io.github.x402sessions.facilitator.scheme.session.FundingConfiguration;
import io.github.x402sessions.facilitator.settlement.repository.RepositoryConfiguration;
import io.github.x402sessions.facilitator.store.jdbc.JdbcStoreConfiguration;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.Funding;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.TransferReader;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Beans that the commands need: books and chain, and nothing that serves or settles.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FacilitatorProperties.class)
@Import({ KeyConfiguration.class, ChainConfiguration.class, TransferConfiguration.class, ChannelConfiguration.class,
		ReconcileConfiguration.class, RepairConfiguration.class, AuditConfiguration.class,
		RepositoryConfiguration.class, FundingConfiguration.class, LendingConfiguration.class,
		MerchantConfiguration.class })
@ImportAutoConfiguration({ JdbcStoreConfiguration.class, PropertyPlaceholderAutoConfiguration.class,
		ConfigurationPropertiesAutoConfiguration.class, SslAutoConfiguration.class })
class ToolConfiguration {

	@Bean
	ChannelList channelList(ChannelLeases leases, LedgerState chain, ChannelKeys keys) {
		return new ChannelList(leases, chain, keys);
	}

	@Bean
	ChannelClosing channelClosing(LedgerState chain, Funding funding, OwnTransactions transactions, Channels channels,
			ChannelKeys keys) {
		return new ChannelClosing(chain, funding, transactions, channels, keys);
	}

}
