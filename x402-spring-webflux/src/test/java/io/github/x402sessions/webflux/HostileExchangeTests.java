package io.github.x402sessions.webflux;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.core.payment.Access;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that no ordinary client sends, byte by byte, on Netty.
 */
class HostileExchangeTests {

	private static final String PAYMENT = PaymentHeader.SIGNATURE + ": " + PaidContainer.payment() + "\r\n";

	private static final String GRANTED = "X-Granted: yes\r\n";

	private static final ScriptedFacilitator facilitator = new ScriptedFacilitator();

	private static FluxShop shop;

	@BeforeAll
	static void open() {
		shop = new FluxShop(facilitator, Application.class, "x402.routes[0].path=/paid/**", "x402.routes[0].price=0.10",
				"x402.routes[1].path=/files/book.txt", "x402.routes[1].price=0.10", "x402.routes[2].path=/socket",
				"x402.routes[2].price=0.10", "x402.routes[3].path=/files/**", "x402.routes[3].price=0.01",
				"x402.routes[4].path=/giveaways/**", "x402.routes[4].price=0.02");
	}

	@AfterAll
	static void close() {
		shop.close();
	}

	@BeforeEach
	void reset() {
		facilitator.settled.set(0);
	}

	@ParameterizedTest
	@MethodSource("io.github.x402sessions.servlet.HostileTargets#ofNothing")
	void whatNobodyServesCostsNothing(String target) throws Exception {
		assertThat(shop.raw("GET", target, PAYMENT)).containsPattern("^HTTP/1.1 40[04]").doesNotContain(Handlers.GOODS);
		assertThat(facilitator.settled).hasValue(0);
	}

	@ParameterizedTest
	@MethodSource("io.github.x402sessions.servlet.HostileTargets#ofNothingServed")
	void whatIsRefusedOrNotFoundLeavesNothing(String target) throws Exception {
		assertThat(shop.raw("GET", target, "")).containsPattern("^HTTP/1.1 (400|402|404)")
			.doesNotContain(Handlers.GOODS);
		shop.raw("GET", target, PAYMENT);
		assertThat(facilitator.settled).hasValue(0);
	}

	@ParameterizedTest
	@MethodSource("io.github.x402sessions.servlet.HostileTargets#ofWhatIsSold")
	void noSpellingIsFree(String target) throws Exception {
		assertThat(shop.raw("GET", target, "")).doesNotContain(Handlers.GOODS);
		String annotated = target.replace("/it", "/annotated").replace("/paid", "/by");
		assertThat(shop.raw("GET", annotated, "")).doesNotContain(Handlers.GOODS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/files/book.txt", "//files/book.txt", "/files/%62ook.txt", "/files%2Fbook.txt",
			"/files%5Cbook.txt", "/./files/book.txt", "/%2ffiles/book.txt", "/files/book.txt/." })
	void aFileCostsItsOwnPrice(String target) throws Exception {
		assertAsked(target);
		assertThat(shop.raw("GET", target, PAYMENT)).startsWith("HTTP/1.1 200").contains(Handlers.GOODS);
		assertThat(facilitator.settled).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/x/../files/book.txt", "/files;a=b/book.txt", "/files/book.txt;a=b", "/;/files/book.txt" })
	void whatIsNoFileForItsServerCostsNothing(String target) throws Exception {
		assertAsked(target);
		assertThat(shop.raw("GET", target, PAYMENT)).startsWith("HTTP/1.1 404").doesNotContain(Handlers.GOODS);
		assertThat(facilitator.settled).hasValue(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/files//book.txt", "/files/./book.txt", "/files/../files/book.txt",
			"/files/x/../book.txt", "/files/%2e/book.txt", "/files\\book.txt", "/files/%2562ook.txt",
			"/giveaways/../files/other.txt", "/giveaways/%2e%2e/files/other.txt", "/giveaways/..;x/files/other.txt",
			"/files/book.txt/", "/files/book.txt%2F", "/files/book.txt%3B", "/files/.%2e/files/book.txt" })
	void whatMayBeOneOfTwoThingsIsNotSold(String target) throws Exception {
		assertThat(shop.raw("GET", target, "")).startsWith("HTTP/1.1 400").doesNotContain(Handlers.GOODS);
		assertThat(shop.raw("GET", target, PAYMENT)).startsWith("HTTP/1.1 400").doesNotContain(Handlers.GOODS);
		assertThat(facilitator.settled).hasValue(0);
	}

	private static void assertAsked(String target) throws Exception {
		String answer = shop.raw("GET", target, "");
		assertThat(answer).startsWith("HTTP/1.1 402").doesNotContain(Handlers.GOODS);
		assertThat(asked(answer)).contains("\"amount\":\"1000000\"");
	}

	@Test
	void aNameThatEndsEarlyIsNoFile() throws Exception {
		assertThat(shop.raw("GET", "/files/book.txt%00", "")).doesNotContain(Handlers.GOODS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/files/book.txt", "/files/%62ook.txt", "/files/other%20one.txt" })
	void pathsThatClientsSpellAreSold(String target) throws Exception {
		assertThat(shop.raw("GET", target, "")).startsWith("HTTP/1.1 402");
	}

	private static String asked(String answer) {
		Matcher header = Pattern.compile("(?i)" + PaymentHeader.REQUIRED + ": (\\S+)").matcher(answer);
		return header.find() ? new String(Base64.getDecoder().decode(header.group(1)), StandardCharsets.UTF_8) : "";
	}

	@ParameterizedTest
	@ValueSource(strings = { "OPTIONS", "TRACE", "DELETE", "PROPFIND", "get", "HEAD", "POST" })
	void otherMethodsGetNothingUnpaid(String method) throws Exception {
		assertThat(shop.raw(method, "/paid/it", "")).doesNotContain(Handlers.GOODS);
		assertThat(shop.raw(method, "/files/book.txt", "")).doesNotContain(Handlers.GOODS);
		assertThat(facilitator.settled).hasValue(0);
	}

	@Test
	void theAbsoluteFormIsCharged() throws Exception {
		String target = "http://" + shop.uri().getAuthority() + "/paid/it";
		assertThat(shop.raw("GET", target, "")).startsWith("HTTP/1.1 402").doesNotContain(Handlers.GOODS);
		assertThat(shop.raw("GET", target, PAYMENT)).startsWith("HTTP/1.1 200").contains(Handlers.GOODS);
		assertThat(facilitator.settled).hasValue(1);
	}

	@ParameterizedTest
	@MethodSource("io.github.x402sessions.servlet.HostileTargets#upgrades")
	void aWebSocketIsNotForSale(String headers) throws Exception {
		for (String target : new String[] { "/paid/it", "/socket" }) {
			assertThat(shop.raw("GET", target, headers + PAYMENT)).startsWith("HTTP/1.1 400")
				.contains("protocol-change");
		}
		assertThat(facilitator.settled).hasValue(0);
	}

	@ParameterizedTest
	@MethodSource("io.github.x402sessions.servlet.HostileTargets#upgrades")
	void aWebSocketIsNotGivenAwayEither(String headers) throws Exception {
		for (String target : new String[] { "/paid/it", "/socket" }) {
			assertThat(shop.raw("GET", target, headers + GRANTED)).startsWith("HTTP/1.1 400")
				.contains("protocol-change");
		}
		assertThat(shop.raw("GET", "/paid/it", GRANTED)).startsWith("HTTP/1.1 200").contains(Handlers.GOODS);
	}

	@Test
	void aPreflightIsFreeAndBringsNothing() throws Exception {
		String headers = "Origin: https://page.example\r\nAccess-Control-Request-Method: GET\r\n";
		assertThat(shop.raw("OPTIONS", "/paid/it", headers)).startsWith("HTTP/1.1 200")
			.contains("Access-Control-Allow-Origin")
			.doesNotContain(Handlers.GOODS);
		assertThat(shop.raw("OPTIONS", "/files/book.txt", headers)).doesNotContain(Handlers.GOODS);
		assertThat(shop.raw("OPTIONS", "/paid/all", headers)).doesNotContain(Handlers.GOODS);
	}

	@Test
	void twoPaymentsAreNone() throws Exception {
		assertThat(shop.raw("GET", "/paid/it", PAYMENT + PAYMENT)).startsWith("HTTP/1.1 400")
			.contains("malformed-payment");
		assertThat(shop.raw("GET", "/paid/it", PaymentHeader.SIGNATURE + ": eyJ4\r\n")).startsWith("HTTP/1.1 400")
			.contains("malformed-payment");
	}

	@Test
	void aFilterBehindThatChangesThePathGetsNothing() throws Exception {
		assertThat(shop.raw("GET", "/changed", "")).startsWith("HTTP/1.1 500")
			.contains("payment-bypassed")
			.doesNotContain(Handlers.GOODS);
		assertThat(shop.raw("GET", "/changed-to-annotated", "")).startsWith("HTTP/1.1 500")
			.contains("payment-bypassed")
			.doesNotContain(Handlers.GOODS);
	}

	/** Sells in several ways. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Sold.class)
	static class Application {

		@Bean
		HandlerMapping sockets() {
			WebSocketHandler handler = (session) -> session.send(Flux.just(session.textMessage(Handlers.GOODS)));
			return new SimpleUrlHandlerMapping(Map.of("/socket", handler), 1);
		}

		@Bean
		ExchangeListener granting() {
			return new ExchangeListener() {

				@Override
				public Access onRequest(ServerWebExchange exchange, PricedRoute route) {
					return exchange.getRequest().getHeaders().containsHeader("X-Granted") ? Access.GRANT
							: Access.CHARGE;
				}

			};
		}

		@Bean
		WebFilter changing() {
			return (exchange, chain) -> switch (exchange.getRequest().getPath().value()) {
				case "/changed" -> chain.filter(to(exchange, "/paid/it"));
				case "/changed-to-annotated" -> chain.filter(to(exchange, "/by/annotated"));
				default -> chain.filter(exchange);
			};
		}

		private static ServerWebExchange to(ServerWebExchange exchange, String path) {
			return exchange.mutate().request((request) -> request.path(path)).build();
		}

	}

	/** Handlers of a controller. */
	@RestController
	static class Sold {

		@GetMapping("/paid/it")
		@CrossOrigin
		String it() {
			return Handlers.GOODS;
		}

		@RequestMapping("/paid/all")
		String all() {
			return Handlers.GOODS;
		}

		@GetMapping("/by/annotated")
		@X402Price("0.10")
		String annotated() {
			return Handlers.GOODS;
		}

	}

}
