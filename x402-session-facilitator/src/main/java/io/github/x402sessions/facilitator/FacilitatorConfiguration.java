package io.github.x402sessions.facilitator;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.LedgerClock;
import io.github.x402sessions.facilitator.chain.FeePolicy;
import io.github.x402sessions.facilitator.chain.NetworkCheck;
import io.github.x402sessions.facilitator.chain.SpenderKey;
import io.github.x402sessions.facilitator.chain.Standings;
import io.github.x402sessions.facilitator.http.Door;
import io.github.x402sessions.facilitator.channel.Upkeep;
import io.github.x402sessions.facilitator.channel.UpkeepRounds;
import io.github.x402sessions.facilitator.http.FacilitatorRoutes;
import io.github.x402sessions.facilitator.http.PaymentEndpoints;
import io.github.x402sessions.facilitator.http.RequestBody;
import io.github.x402sessions.facilitator.http.SessionEndpoints;
import io.github.x402sessions.facilitator.operations.MeteredFacilitator;
import io.github.x402sessions.facilitator.payment.SessionFacilitator;
import io.github.x402sessions.facilitator.payment.SpendingPolicy;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.SessionStore;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The whole facilitator. It takes from Spring Boot exactly what is listed here, whatever
 * else is on the classpath of the application that it lives in.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FacilitatorProperties.class)
@Import({ DatabaseConfiguration.class, ChainConfiguration.class, ChannelConfiguration.class,
		SettlementConfiguration.class, SessionConfiguration.class, AccessConfiguration.class, HealthConfiguration.class,
		MeterConfiguration.class })
@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, ConfigurationPropertiesAutoConfiguration.class,
		LifecycleAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
		TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
		WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class })
class FacilitatorConfiguration {

	@Bean
	Facilitator facilitator(SessionRules rules, FacilitatorProperties properties, SessionStore sessions,
			LedgerClock ledgers, Standings standings, SettlementEngine engine,
			ObjectProvider<MeterRegistry> registries) {
		SpendingPolicy policy = new SpendingPolicy(rules, properties.minPerCallBaseUnits(),
				properties.maxPerCallBaseUnits(), properties.callsPerMinute(), properties.verifyHold());
		return new MeteredFacilitator(new SessionFacilitator(policy, sessions, ledgers, standings, engine),
				MeterConfiguration.registry(registries));
	}

	@Bean
	RouterFunction<ServerResponse> facilitatorRoutes(Facilitator facilitator, SessionEndpoints sessions, Door door,
			RequestBody body, SessionRules rules) {
		return FacilitatorRoutes.of(new PaymentEndpoints(facilitator, door, body), sessions, door, rules.spender());
	}

	@Bean
	DatabaseFileLock databaseFileLock(FacilitatorProperties properties) {
		return new DatabaseFileLock(properties.databaseUrl());
	}

	@Bean(initMethod = "start")
	UpkeepRounds upkeepRounds(Upkeep upkeep) {
		return new UpkeepRounds(upkeep);
	}

	@Bean
	StartReport startReport(FacilitatorProperties properties, SpenderKey spender, Chain chain, NetworkCheck network,
			FeePolicy fees) {
		return new StartReport(properties, spender, chain, network, fees);
	}

}
