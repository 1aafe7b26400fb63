package io.github.x402sessions.facilitator;

import java.time.Clock;
import java.util.Set;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.LedgerClock;
import io.github.x402sessions.facilitator.chain.NetworkCheck;
import io.github.x402sessions.facilitator.chain.SpenderKey;
import io.github.x402sessions.facilitator.channel.Upkeep;
import io.github.x402sessions.facilitator.channel.UpkeepRounds;
import io.github.x402sessions.facilitator.http.FacilitatorRoutes;
import io.github.x402sessions.facilitator.http.PaymentEndpoints;
import io.github.x402sessions.facilitator.http.SessionEndpoints;
import io.github.x402sessions.facilitator.payment.SessionFacilitator;
import io.github.x402sessions.facilitator.payment.SpendingPolicy;
import io.github.x402sessions.facilitator.rpc.Polling;
import io.github.x402sessions.facilitator.session.Admission;
import io.github.x402sessions.facilitator.session.Registrar;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.SessionStore;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The whole facilitator. It takes from Spring Boot exactly what is listed here, whatever
 * else is on the classpath of the application that it lives in.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FacilitatorProperties.class)
@Import({ DatabaseConfiguration.class, ChainConfiguration.class, ChannelConfiguration.class,
		SettlementConfiguration.class })
@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, ConfigurationPropertiesAutoConfiguration.class,
		HttpMessageConvertersAutoConfiguration.class, TomcatServletWebServerAutoConfiguration.class,
		DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class })
class FacilitatorConfiguration implements WebMvcConfigurer {

	/** The ledgers in which a transaction may still land, at 5 seconds each, and some. */
	private static final long EXPIRY_MARGIN = 12;

	@Bean
	SessionRules sessionRules(FacilitatorProperties properties, SpenderKey spender) {
		return new SessionRules(properties.network(), spender.address(), Set.copyOf(properties.assets()),
				Set.copyOf(properties.recipients()), EXPIRY_MARGIN);
	}

	@Bean
	SessionStore sessionStore(JdbcClient jdbc, TransactionOperations transactions) {
		return new SessionStore(jdbc, transactions, Clock.systemUTC());
	}

	@Bean
	Registrar registrar(SessionRules rules, SessionStore store, Chain chain, LedgerClock ledgers, Polling polling,
			SpenderKey spender) {
		Admission admission = new Admission(rules, store, chain, ledgers, polling);
		return new Registrar(rules, store, admission, spender.derive("x402-session-id:v1"));
	}

	@Bean
	Facilitator facilitator(SessionRules rules, FacilitatorProperties properties, SessionStore sessions,
			LedgerClock ledgers, SettlementEngine engine) {
		return new SessionFacilitator(new SpendingPolicy(rules, properties.maxPerCallBaseUnits()), sessions, ledgers,
				engine);
	}

	@Bean
	RouterFunction<ServerResponse> facilitatorRoutes(Facilitator facilitator, Registrar registrar,
			SessionStore sessions, SessionRules rules, LedgerClock ledgers) {
		return FacilitatorRoutes.of(new PaymentEndpoints(facilitator),
				new SessionEndpoints(registrar, sessions, rules, ledgers), rules.spender());
	}

	@Bean(initMethod = "start")
	UpkeepRounds upkeepRounds(Upkeep upkeep) {
		return new UpkeepRounds(upkeep);
	}

	@Bean
	StartReport startReport(FacilitatorProperties properties, SpenderKey spender, Chain chain, NetworkCheck network) {
		return new StartReport(properties, spender, chain, network);
	}

	/** Pages may register and look at sessions from anywhere; no cookie is ever read. */
	@Override
	public void addCorsMappings(CorsRegistry registry) {
		registry.addMapping("/**").allowedOrigins("*").allowedMethods("GET", "POST").allowedHeaders("*");
	}

}
