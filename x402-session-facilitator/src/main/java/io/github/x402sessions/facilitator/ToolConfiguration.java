package io.github.x402sessions.facilitator;

import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.FeePolicy;
import io.github.x402sessions.facilitator.chain.Funding;
import io.github.x402sessions.facilitator.chain.SpenderHistory;
import io.github.x402sessions.facilitator.chain.SpenderKey;
import io.github.x402sessions.facilitator.chain.TransferReader;
import io.github.x402sessions.facilitator.chain.Transfers;
import io.github.x402sessions.facilitator.channel.ChannelClosing;
import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelList;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.channel.OwnTransactions;
import io.github.x402sessions.facilitator.reconcile.ChainSearch;
import io.github.x402sessions.facilitator.reconcile.MissingTransfers;
import io.github.x402sessions.facilitator.reconcile.OpenTransactions;
import io.github.x402sessions.facilitator.reconcile.Reconciliation;
import io.github.x402sessions.facilitator.reconcile.UncoveredSessions;
import io.github.x402sessions.facilitator.reconcile.UnknownNumbers;
import io.github.x402sessions.facilitator.rpc.StellarRpc;
import io.github.x402sessions.facilitator.settlement.Books;
import io.github.x402sessions.facilitator.settlement.Repair;
import io.github.x402sessions.facilitator.settlement.TransactionBook;
import io.github.x402sessions.facilitator.store.DatabaseClock;
import io.github.x402sessions.facilitator.store.Dialect;
import io.github.x402sessions.facilitator.store.Nodes;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What the commands need: books and chain, and nothing that serves or settles.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FacilitatorProperties.class)
@Import({ DatabaseConfiguration.class, ChainConfiguration.class, ChannelConfiguration.class,
		ReconcileConfiguration.class })
@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, ConfigurationPropertiesAutoConfiguration.class })
class ToolConfiguration {

	@Bean
	ChannelList channelList(JdbcClient jdbc, Chain chain, ChannelKeys keys) {
		return new ChannelList(jdbc, chain, keys);
	}

	@Bean
	ChannelClosing channelClosing(Chain chain, Funding funding, OwnTransactions transactions, Channels channels,
			ChannelKeys keys) {
		return new ChannelClosing(chain, funding, transactions, channels, keys);
	}

	@Bean
	OpenTransactions openTransactions(JdbcClient jdbc, StellarRpc rpc, Chain chain, SpenderKey spender) {
		return new OpenTransactions(jdbc, rpc, chain, spender.address());
	}

	@Bean
	Repair repair(JdbcClient jdbc, TransactionOperations transactions, Dialect dialect, Nodes nodes,
			DatabaseClock clock, StellarRpc rpc, Chain chain, FeePolicy fees, Transfers transfers,
			FacilitatorProperties properties) {
		Books books = new Books(jdbc, transactions, nodes, clock);
		return new Repair(books, new TransactionBook(jdbc, transactions, dialect, nodes, clock, books), rpc, chain,
				fees, transfers, properties.longestCall());
	}

	@Bean
	Reconciliation reconciliation(JdbcClient jdbc, StellarRpc rpc, TransferReader reader, SpenderHistory history,
			MissingTransfers missing, UnknownNumbers numbers, ChainSearch search, Chain chain, Repair repair) {
		return new Reconciliation(jdbc, rpc, reader, history, missing, numbers, search,
				new UncoveredSessions(jdbc, chain), repair);
	}

}
