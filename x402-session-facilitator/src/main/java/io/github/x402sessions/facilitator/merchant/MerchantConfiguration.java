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
	MerchantRegistry merchantRegistry(MerchantRepository merchants, ConfiguredServers configured, Audit audit,
			Nodes nodes, MerchantDirectory directory) {
		return new MerchantRegistry(merchants, configured, audit, nodes.clock(), directory::round);
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
	MerchantDirectory merchantDirectory(MerchantRepository merchants, Nodes nodes) {
		return new MerchantDirectory(merchants, nodes.clock());
	}

}
