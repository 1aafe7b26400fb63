package io.github.x402sessions.facilitator;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.LedgerClock;
import io.github.x402sessions.facilitator.chain.FeePolicy;
import io.github.x402sessions.facilitator.chain.SpenderKey;
import io.github.x402sessions.facilitator.chain.Standings;
import io.github.x402sessions.facilitator.http.Bulkhead;
import io.github.x402sessions.facilitator.http.Door;
import io.github.x402sessions.facilitator.channel.Upkeep;
import io.github.x402sessions.facilitator.channel.UpkeepRounds;
import io.github.x402sessions.facilitator.http.FacilitatorRoutes;
import io.github.x402sessions.facilitator.http.PaymentEndpoints;
import io.github.x402sessions.facilitator.http.SessionEndpoints;
import io.github.x402sessions.facilitator.operations.MeteredFacilitator;
import io.github.x402sessions.facilitator.payment.LostAnswers;
import io.github.x402sessions.facilitator.payment.SessionFacilitator;
import io.github.x402sessions.facilitator.payment.SpendingPolicy;
import io.github.x402sessions.facilitator.reconcile.BooksWatch;
import io.github.x402sessions.facilitator.reconcile.CautiousFacilitator;
import io.github.x402sessions.facilitator.reconcile.ChainSearch;
import io.github.x402sessions.facilitator.reconcile.MissingTransfers;
import io.github.x402sessions.facilitator.reconcile.UnknownNumbers;
import io.github.x402sessions.facilitator.session.AllowanceWatch;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.SessionStore;
import io.github.x402sessions.facilitator.settlement.Repetitions;
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
		MeterConfiguration.class, ReconcileConfiguration.class })
@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, ConfigurationPropertiesAutoConfiguration.class,
		LifecycleAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
		TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
		WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class })
class FacilitatorConfiguration {

	@Bean
	BooksSchema facilitatorBooksSchema() {
		return BooksSchema.MIGRATED;
	}

	@Bean
	Facilitator facilitator(SessionRules rules, FacilitatorProperties properties, SessionStore sessions,
			LedgerClock ledgers, AllowanceWatch allowances, Standings standings, SettlementEngine engine,
			LostAnswers lost, BooksWatch watch, ObjectProvider<MeterRegistry> registries) {
		SpendingPolicy policy = new SpendingPolicy(rules, properties.minPerCallBaseUnits(),
				properties.maxPerCallBaseUnits(), properties.callsPerMinute(), properties.verifyHold());
		SessionFacilitator facilitator = new SessionFacilitator(policy, sessions, ledgers, allowances, standings,
				engine, lost);
		return new MeteredFacilitator(new CautiousFacilitator(facilitator, watch, properties.network()),
				MeterConfiguration.registry(registries));
	}

	@Bean(initMethod = "start")
	BooksWatch booksWatch(ChainSearch search, MissingTransfers transfers, UnknownNumbers numbers) {
		return new BooksWatch(search, transfers, numbers);
	}

	@Bean
	RouterFunction<ServerResponse> facilitatorRoutes(Facilitator facilitator, SessionEndpoints sessions, Door door,
			Bulkhead settlementBulkhead, SessionRules rules, LostAnswers lost) {
		return FacilitatorRoutes.of(new PaymentEndpoints(facilitator, door, settlementBulkhead, lost), sessions, door,
				rules.spender());
	}

	@Bean
	Bulkhead settlementBulkhead(FacilitatorProperties properties, EngineProperties engine) {
		return new Bulkhead("settle", engine.maxWaiting(), properties.settleTimeout().multipliedBy(2));
	}

	@Bean
	LostAnswers lostAnswers(Repetitions repetitions) {
		return new LostAnswers(repetitions);
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
	StartReport startReport(FacilitatorProperties properties, SpenderKey spender, Chain chain, FeePolicy fees) {
		return new StartReport(properties, spender, chain, fees);
	}

}
