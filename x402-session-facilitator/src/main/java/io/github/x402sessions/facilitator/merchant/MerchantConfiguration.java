package io.github.x402sessions.facilitator.merchant;

import io.github.x402sessions.facilitator.audit.Audit;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.config.KeyProperties;
import io.github.x402sessions.facilitator.limit.LimitUses;
import io.github.x402sessions.facilitator.store.Nodes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Merchants, for whoever serves and for the commands.
 */
@Configuration(proxyBeanMethods = false)
public class MerchantConfiguration {

	@Bean
	ConfiguredServers configuredServers(FacilitatorProperties properties) {
		return new ConfiguredServers(properties.access().keys().stream().map(KeyProperties::key).toList());
	}

	@Bean
	MerchantRegistry merchantRegistry(MerchantRepository merchants, MerchantBooks books, ConfiguredServers configured,
			FacilitatorProperties properties, Audit audit, Nodes nodes, MerchantDirectory directory) {
		return new MerchantRegistry(merchants, books, configured, properties.assets(), audit, nodes.clock(),
				directory::round);
	}

	@Bean
	MerchantReports merchantReports(MerchantBooks books, MerchantBudgets budgets, FacilitatorProperties properties,
			Nodes nodes) {
		return new MerchantReports(books, budgets, properties.assets(), nodes.clock());
	}

	@Bean
	MerchantBudgets merchantBudgets(MerchantDirectory directory, LimitUses uses, MerchantRepository merchants) {
		return new MerchantBudgets(directory, uses, merchants);
	}

	@Bean
	MerchantDirectory merchantDirectory(MerchantRepository merchants, ConfiguredServers configured, Nodes nodes,
			FacilitatorProperties properties) {
		return new MerchantDirectory(merchants, configured, nodes.clock(), properties.access().merchants());
	}

}
