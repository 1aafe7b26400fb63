package io.github.x402sessions.facilitator.merchant;

import io.github.x402sessions.facilitator.scheme.RecipientRules;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Merchants, for whoever serves them: what they may be paid is held against each payment.
 */
@Configuration(proxyBeanMethods = false)
public class MerchantServiceConfiguration {

	@Bean
	RecipientRules merchantRules(MerchantDirectory directory, MerchantBudgets budgets) {
		return new MerchantRules(directory, budgets);
	}

	/**
	 * The first read begins before anybody is served; whoever is earlier reads by
	 * himself.
	 */
	@Bean
	SmartInitializingSingleton merchantStart(MerchantDirectory directory) {
		return directory::start;
	}

}
