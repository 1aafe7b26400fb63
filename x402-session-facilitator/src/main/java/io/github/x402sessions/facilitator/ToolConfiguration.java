package io.github.x402sessions.facilitator;

import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.TransferReader;
import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelList;
import io.github.x402sessions.facilitator.reconcile.Reconciliation;
import io.github.x402sessions.facilitator.rpc.StellarRpc;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the commands need: books and chain, and nothing that serves or settles.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FacilitatorProperties.class)
@Import({ DatabaseConfiguration.class, ChainConfiguration.class, ChannelConfiguration.class })
@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, ConfigurationPropertiesAutoConfiguration.class })
class ToolConfiguration {

	@Bean
	ChannelList channelList(JdbcClient jdbc, Chain chain, ChannelKeys keys) {
		return new ChannelList(jdbc, chain, keys);
	}

	@Bean
	Reconciliation reconciliation(JdbcClient jdbc, StellarRpc rpc, Chain chain) {
		return new Reconciliation(jdbc, rpc, chain, new TransferReader());
	}

}
