package io.github.x402sessions.facilitator.scheme.exact;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.x402sessions.facilitator.access.ServerDirectory;
import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.OwnAccounts;
import io.github.x402sessions.facilitator.config.ExactProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.limit.LimitUses;
import io.github.x402sessions.facilitator.scheme.DeliveryTracker;
import io.github.x402sessions.facilitator.scheme.RecipientRules;
import io.github.x402sessions.facilitator.scheme.SchemeFacilitator;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.exact.AuthorisedTransfers;
import io.github.x402sessions.stellar.exact.SignedTransferReader;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.StellarRpc;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The exact scheme.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExactProperties.class)
public class ExactSchemeConfiguration {

	@Bean
	SchemeFacilitator exactScheme(FacilitatorProperties properties, ExactProperties exact, ExactPayments payments,
			OwnAccounts ours, ChannelKeys keys, SettlementEngine engine, DeliveryTracker deliveries, LimitUses uses,
			ServerDirectory directory, RecipientRules rules) {
		Set<String> served = properties.servedRecipients();
		ExactPolicy policy = new ExactPolicy(properties.network(), Set.copyOf(properties.assets()),

				(recipient) -> served == null || served.contains(recipient) || directory.has(recipient),
				properties.minPerCallBaseUnits(), properties.maxPerCallBaseUnits(), ours::contains);
		SponsoredFees fees = new SponsoredFees(exact.maxFee(), exact.feesPerPayerStroops(), exact.failuresPerHour(),
				uses);
		return new ExactFacilitator(policy,
				() -> Stream.concat(Stream.of(keys.spender()), keys.addresses().stream()).toList(), payments, fees,
				engine, deliveries, rules);
	}

	@Bean
	ExactPayments exactPayments(FacilitatorProperties properties, ExactProperties exact, StellarRpc rpc,
			LedgerState chain, FeePolicy fees, ChannelKeys keys, OwnAccounts ours) {
		String passphrase = properties.stellar().passphrase();
		Predicate<String> own = ours::contains;
		return new StellarPayments(new SignedTransferReader(passphrase, own),
				new AuthorisedTransfers(rpc, chain, passphrase, keys.spender(), fees, exact.maxFee()));
	}

}
