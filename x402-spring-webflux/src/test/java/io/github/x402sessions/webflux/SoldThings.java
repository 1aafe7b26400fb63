package io.github.x402sessions.webflux;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.servlet.Handlers;
import io.github.x402sessions.spring.X402Price;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

/**
 * What reactive applications sell.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SoldThings.Shop.class)
class SoldThings {

	static final AtomicInteger asked = new AtomicInteger();

	@Bean
	RouterFunction<ServerResponse> functions() {
		return RouterFunctions.route()
			.GET("/functions/sold", (request) -> ServerResponse.ok().bodyValue(Handlers.GOODS))
			.GET("/functions/stream",
					(request) -> ServerResponse.ok()
						.contentType(MediaType.TEXT_EVENT_STREAM)
						.body(Flux.range(0, 3).map((i) -> Handlers.GOODS + i), String.class))
			.build();
	}

	/** In front of payments. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	WebFilter visits() {
		return (exchange, chain) -> {
			if (exchange.getRequest().getPath().value().equals("/cookie")) {
				exchange.getResponse().addCookie(ResponseCookie.from("visit", "here").path("/").build());
			}
			return chain.filter(exchange);
		};
	}

	/** Supports nothing, and counts how often it is asked. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 1)
	HandlerAdapter asked() {
		return new HandlerAdapter() {

			@Override
			public boolean supports(Object handler) {
				asked.incrementAndGet();
				return false;
			}

			@Override
			public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
				return Mono.error(new IllegalStateException("nothing is supported"));
			}

		};
	}

	/** Handlers of a controller. */
	@RestController
	static class Shop {

		static final AtomicInteger runs = new AtomicInteger();

		@GetMapping("/free")
		String free(ServerWebExchange exchange) {
			return "free " + exchange.getRequest().getHeaders().containsHeader("PAYMENT-SIGNATURE");
		}

		@GetMapping("/sold")
		@X402Price("0.10")
		Mono<String> sold(Payment payment, ServerWebExchange exchange) {
			runs.incrementAndGet();
			return Mono
				.just(Handlers.GOODS + " " + exchange.getRequest().getHeaders().containsHeader("PAYMENT-SIGNATURE"));
		}

		@GetMapping("/before")
		@X402Price(value = "0.10", settlement = SettlementTiming.BEFORE_HANDLER)
		Mono<String> before() {
			runs.incrementAndGet();
			return Mono.just(Handlers.GOODS);
		}

		@GetMapping("/during")
		@X402Price(value = "0.10", settlement = SettlementTiming.DURING_HANDLER)
		Mono<String> during() {
			return Mono.just(Handlers.GOODS);
		}

		@GetMapping("/status")
		@X402Price("0.10")
		ResponseEntity<String> status() {
			return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT).body("my own error");
		}

		@GetMapping("/throws")
		@X402Price("0.10")
		Mono<String> failing() {
			return Mono.error(new IllegalStateException(Handlers.GOODS));
		}

		@GetMapping("/paid-failure")
		@X402Price(value = "0.10", settlement = SettlementTiming.BEFORE_HANDLER)
		Mono<String> paidFailure() {
			return Mono.error(new IllegalStateException("thrown"));
		}

		@GetMapping("/breaks")
		@X402Price("0.10")
		Flux<String> breaking() {
			return Flux.just(Handlers.GOODS, Handlers.GOODS)
				.concatWith(Mono.error(new IllegalStateException("thrown")));
		}

		@GetMapping("/none")
		@X402Price("0.10")
		ResponseEntity<Void> none() {
			return ResponseEntity.noContent().header("X-Goods", Handlers.GOODS).build();
		}

		@GetMapping(path = "/long")
		@X402Price("0.10")
		Flux<String> longAnswer() {
			return Flux.range(0, 20_000).map((i) -> Handlers.GOODS + " ".repeat(100));
		}

		@GetMapping(path = "/endless", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		@X402Price("0.10")
		Flux<String> endless() {
			return Flux.interval(Duration.ofMillis(20)).onBackpressureDrop().map((i) -> Handlers.GOODS + i);
		}

		@GetMapping(path = "/words", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED)
		Flux<String> words(MeteredPayment payment) {
			return Flux.range(0, 5).doOnNext((i) -> payment.charge("0.01")).map((i) -> Handlers.GOODS + i);
		}

		@GetMapping(path = "/words-for-ever", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED)
		Flux<String> wordsForEver(MeteredPayment payment) {
			return Flux.range(0, 1_000_000).delayElements(Duration.ofMillis(20)).doOnNext((i) -> {
				if (i < 5) {
					payment.charge("0.01");
				}
			}).map((i) -> Handlers.GOODS + i);
		}

		@GetMapping(path = "/too-many-words", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED)
		Flux<String> tooManyWords(MeteredPayment payment) {
			return Flux.range(0, 50).doOnNext((i) -> payment.charge("0.01")).map((i) -> Handlers.GOODS + i);
		}

		@GetMapping("/cookie")
		@X402Price("0.10")
		Mono<String> cookie(ServerWebExchange exchange) {
			runs.incrementAndGet();
			if (exchange.getRequest().getQueryParams().containsKey("anew")) {
				exchange.getResponse().getCookies().clear();
			}
			exchange.getResponse().addCookie(ResponseCookie.from("basket", "tea").path("/").build());
			return Mono.just(Handlers.GOODS);
		}

		@PostMapping("/echo")
		@X402Price("0.10")
		Mono<String> echo(@RequestBody String body) {
			runs.incrementAndGet();
			return Mono.just(Handlers.GOODS + " " + body);
		}

		@PostMapping(path = "/form", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
		@X402Price("0.10")
		Mono<String> form(ServerWebExchange exchange) {
			return exchange.getFormData().map((form) -> first(form, "name"));
		}

		private static String first(MultiValueMap<String, String> form, String name) {
			return Handlers.GOODS + " " + form.getFirst(name);
		}

	}

}
