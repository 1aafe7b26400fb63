package io.github.x402sessions.facilitator.merchant;

import io.github.x402sessions.facilitator.scheme.RecipientRules;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Merchants, for whoever serves them: what they may be paid is held against each payment,
 * and the configuration against them.
 */
@Configuration(proxyBeanMethods = false)
public class MerchantServiceConfiguration {

	@Bean
	RecipientRules merchantRules(MerchantDirectory directory, MerchantBudgets budgets) {
		return new MerchantRules(directory, budgets);
	}

	/** Nobody is served before the merchants are known. */
	@Bean
	SmartInitializingSingleton merchantStart(ConfiguredServers configured, MerchantRepository merchants,
			MerchantDirectory directory) {
		return () -> {
			configured.requireApartFrom(merchants.all());
			directory.start();
		};
	}

}
