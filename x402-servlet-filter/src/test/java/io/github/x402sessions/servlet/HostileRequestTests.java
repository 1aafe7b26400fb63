package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that no ordinary client sends, byte by byte, on every container.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class HostileRequestTests {

	private static final String PAYMENT = PaymentHeader.SIGNATURE + ": " + PaidContainer.payment() + "\r\n";

	@Parameter
	Container.Kind kind;

	private PaidContainer shop;

	@BeforeEach
	void open() throws Exception {
		this.shop = new PaidContainer(this.kind, Map.of("it", Handlers.all().get("writer"), "forward",
				(request, response) -> request.getRequestDispatcher("/paid/it").forward(request, response), "include",
				(request, response) -> request.getRequestDispatcher("/paid/it").include(request, response)));
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	@Test
	void theAbsoluteFormIsCharged() throws Exception {
		String target = "http://" + this.shop.uri().getAuthority() + "/shop/paid/it";
		assertThat(send("GET", target, "")).startsWith("HTTP/1.1 402").doesNotContain(Handlers.GOODS);
		assertThat(send("GET", target, PAYMENT)).startsWith("HTTP/1.1 200").contains(Handlers.GOODS);
		assertThat(this.shop.facilitator.settled).hasValue(1);
	}

	@ParameterizedTest
	@MethodSource("io.github.x402sessions.servlet.HostileTargets#ofNothing")
	void whatNobodyServesCostsNothing(String target) throws Exception {
		assertThat(send("GET", inShop(target), PAYMENT)).containsPattern("^HTTP/1.1 40[04]")
			.doesNotContain(Handlers.GOODS);
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@ParameterizedTest
	@MethodSource("io.github.x402sessions.servlet.HostileTargets#ofNothingServed")
	void whatIsRefusedOrNotFoundLeavesNothing(String target) throws Exception {
		String response = send("GET", inShop(target), "");
		assertThat(response).containsPattern("^HTTP/1.1 (400|402|404)").doesNotContain(Handlers.GOODS);
		send("GET", inShop(target), PAYMENT);
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@ParameterizedTest
	@MethodSource("io.github.x402sessions.servlet.HostileTargets#ofWhatIsSold")
	void noSpellingIsFree(String target) throws Exception {
		assertThat(send("GET", inShop(target), "")).doesNotContain(Handlers.GOODS);
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "OPTIONS", "TRACE", "DELETE", "PROPFIND", "get" })
	void otherMethodsGetNothingUnpaid(String method) throws Exception {
		assertThat(send(method, "/shop/paid/it", "")).doesNotContain(Handlers.GOODS);
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@Test
	void aMethodInAHeaderIsNotTheMethod() throws Exception {
		assertThat(send("GET", "/shop/paid/it?_method=OPTIONS", "X-HTTP-Method-Override: OPTIONS\r\n"))
			.startsWith("HTTP/1.1 402")
			.doesNotContain(Handlers.GOODS);
	}

	@ParameterizedTest
	@MethodSource("io.github.x402sessions.servlet.HostileTargets#upgrades")
	void aWebSocketIsNotForSale(String headers) throws Exception {
		assertThat(send("GET", "/shop/paid/it", headers + PAYMENT)).startsWith("HTTP/1.1 400")
			.contains("protocol-change");
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "forward", "include" })
	void whatAFreeHandlerGivesAwayIsItsOwnDecision(String handler) throws Exception {
		assertThat(send("GET", "/shop/free/" + handler, "")).contains(Handlers.GOODS);
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	private static String inShop(String target) {
		return target.startsWith("\\") ? "/shop".replace('/', '\\') + target : "/shop" + target;
	}

	private String send(String method, String target, String headers) throws IOException {
		try (Socket socket = new Socket(this.shop.uri().getHost(), this.shop.uri().getPort())) {
			socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
			socket.getOutputStream()
				.write((method + " " + target + " HTTP/1.1\r\nHost: " + this.shop.uri().getAuthority() + "\r\n"
						+ (headers.contains("Connection:") ? "" : "Connection: close\r\n") + headers + "\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			socket.shutdownOutput();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
