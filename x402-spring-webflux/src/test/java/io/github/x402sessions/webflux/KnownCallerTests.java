package io.github.x402sessions.webflux;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.Handlers;
import io.github.x402sessions.servlet.PaidContainer;
import io.github.x402sessions.servlet.ScriptedFacilitator;
import io.github.x402sessions.spring.X402Price;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers whom Spring Security knows, on Netty.
 */
class KnownCallerTests {

	private static final ScriptedFacilitator facilitator = new ScriptedFacilitator();

	private static FluxShop shop;

	@BeforeAll
	static void open() {
		shop = new FluxShop(facilitator, Application.class);
	}

	@AfterAll
	static void close() {
		shop.close();
	}

	@BeforeEach
	void reset() {
		facilitator.forget();
		Application.told.clear();
		Page.runs.set(0);
	}

	@Test
	void whatOneHasBoughtIsForNobodyElse() throws Exception {
		String payment = PaidContainer.payment(PaymentIdentifier.random());
		assertThat(as("alice", payment).body()).isEqualTo("goods alice");
		HttpResponse<String> other = as("bob", payment);
		assertThat(other.statusCode()).isEqualTo(409);
		assertThat(other.body()).contains("payment-identifier-spent").doesNotContain(Handlers.GOODS);
		HttpResponse<String> nobody = shop.get("/me", PaymentHeader.SIGNATURE, payment);
		assertThat(nobody.statusCode()).isEqualTo(409);
		assertThat(as("alice", payment).body()).isEqualTo("goods alice");
		assertThat(Page.runs).hasValue(1);
		assertThat(facilitator.settled).hasValue(1);
	}

	@Test
	void aListenerKnowsWhoAsks() throws Exception {
		String payment = PaidContainer.payment(PaymentIdentifier.random());
		as("alice", payment);
		as("alice", payment);
		assertThat(Application.told).containsExactly("onRequest alice", "onVerified alice", "onRequest alice",
				"onReplayed alice");
	}

	@Test
	void aListenerMayGrantMembers() throws Exception {
		assertThat(shop.get("/me", "Authorization", basic("member")).body()).isEqualTo("goods member");
		assertThat(shop.get("/me", "Authorization", basic("alice")).statusCode()).isEqualTo(402);
		assertThat(shop.get("/me").statusCode()).isEqualTo(402);
		assertThat(shop.get("/me", "Authorization", "Basic bWVtYmVyOmd1ZXNz").statusCode()).isEqualTo(401);
		assertThat(facilitator.settled).hasValue(0);
	}

	private static HttpResponse<String> as(String user, String payment) throws Exception {
		return shop.get("/me", "Authorization", basic(user), PaymentHeader.SIGNATURE, payment);
	}

	private static String basic(String user) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":word").getBytes(StandardCharsets.US_ASCII));
	}

	/** Knows three callers, and lets everybody else in. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableWebFluxSecurity
	@Import(Page.class)
	static class Application {

		static final List<String> told = new CopyOnWriteArrayList<>();

		@Bean
		SecurityWebFilterChain security(ServerHttpSecurity http) {
			return http.authorizeExchange((paths) -> paths.anyExchange().permitAll())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(List.of(user("alice"), user("bob"), user("member")));
		}

		private static UserDetails user(String name) {
			return User.withUsername(name).password("{noop}word").roles("CALLER").build();
		}

		@Bean
		ExchangeListener members() {
			return new ExchangeListener() {

				@Override
				public Access onRequest(ServerWebExchange exchange, PricedRoute route) {
					String name = tell("onRequest", exchange);
					return name.equals("member") ? Access.GRANT : Access.CHARGE;
				}

				@Override
				public void onVerified(ServerWebExchange exchange, Payment payment) {
					tell("onVerified", exchange);
				}

				@Override
				public void onReplayed(ServerWebExchange exchange, PricedRoute route) {
					tell("onReplayed", exchange);
				}

				private static String tell(String event, ServerWebExchange exchange) {
					String name = exchange.getPrincipal().map(Principal::getName).blockOptional().orElse("nobody");
					told.add(event + " " + name);
					return name;
				}

			};
		}

	}

	/** A page of each caller's own. */
	@RestController
	static class Page {

		static final AtomicInteger runs = new AtomicInteger();

		@GetMapping("/me")
		@X402Price("0.10")
		Mono<String> me(ServerWebExchange exchange) {
			runs.incrementAndGet();
			return exchange.getPrincipal().map(Principal::getName).map((name) -> Handlers.GOODS + " " + name);
		}

	}

}
