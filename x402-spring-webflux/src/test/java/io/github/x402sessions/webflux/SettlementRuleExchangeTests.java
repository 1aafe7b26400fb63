package io.github.x402sessions.webflux;

import java.net.URI;
import java.util.Locale;

import io.github.x402sessions.servlet.Handlers;
import io.github.x402sessions.servlet.ScriptedFacilitator;
import io.github.x402sessions.servlet.SettlementRule;
import io.github.x402sessions.servlet.SettlementRule.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The {@link SettlementRule}s of the servlet filter, on Netty.
 */
class SettlementRuleExchangeTests {

	private static final ScriptedFacilitator facilitator = new ScriptedFacilitator();

	private static FluxShop shop;

	@BeforeAll
	static void open() {
		shop = new FluxShop(facilitator, Application.class, "x402.hold-budget=16KB", "x402.routes[0].path=/at_commit/*",
				"x402.routes[0].price=0.10", "x402.routes[1].path=/before_handler/*", "x402.routes[1].price=0.10",
				"x402.routes[1].settlement=before-handler", "x402.routes[2].path=/during_handler/*",
				"x402.routes[2].price=0.10", "x402.routes[2].settlement=during-handler");
	}

	@AfterAll
	static void close() {
		shop.close();
	}

	@ParameterizedTest
	@MethodSource("io.github.x402sessions.servlet.SettlementRule#all")
	void theRuleHolds(SettlementRule rule) throws Exception {
		rule.check(facilitator,
				(asked) -> shop.pay("/" + asked.timing().name().toLowerCase(Locale.ROOT) + "/" + asked.reply().path()));
	}

	/** Answers in every way. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		RouterFunction<ServerResponse> replies() {
			return RouterFunctions.route().GET("/{timing}/{reply}", Application::reply).build();
		}

		private static Mono<ServerResponse> reply(ServerRequest request) {
			return switch (Reply.valueOf(request.pathVariable("reply").toUpperCase(Locale.ROOT))) {
				case PLAIN -> ServerResponse.ok().bodyValue(Handlers.GOODS);
				case FLUSHED -> ServerResponse.ok()
					.contentType(MediaType.TEXT_EVENT_STREAM)
					.body(Flux.just(Handlers.GOODS, Handlers.GOODS), String.class);
				case LONG -> ServerResponse.ok()
					.body(Flux.range(0, 2000).map((i) -> Handlers.GOODS + " ".repeat(100)), String.class);
				case EMPTY -> ServerResponse.noContent().header("X-Goods", Handlers.GOODS).build();
				case REDIRECT -> ServerResponse.seeOther(URI.create("/" + Handlers.GOODS)).build();
				case FAILURE -> ServerResponse.status(422).build();
				case THROWN -> Mono.error(new IllegalStateException("thrown"));
			};
		}

	}

}
