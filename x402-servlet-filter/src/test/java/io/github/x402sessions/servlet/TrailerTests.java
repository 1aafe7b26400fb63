package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.fixtures.Eventually;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fields after the body are sold with it, on every container.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class TrailerTests {

	@Parameter
	Container.Kind kind;

	private PaidContainer shop;

	@BeforeEach
	void open() throws Exception {
		this.shop = new PaidContainer(this.kind, Map.of("it", TrailerTests::answer));
		this.shop.facilitator.honouring();
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	private static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setHeader("Trailer", "X-Sum");
		response.setTrailerFields(() -> Map.of("X-Sum", Handlers.GOODS));
		assertThat(response.getTrailerFields().get()).containsEntry("X-Sum", Handlers.GOODS);
		response.getOutputStream().print("the body");
		response.flushBuffer();
	}

	@Test
	void theyFollowASettledAnswer() throws Exception {
		String free = exchange("/free/it");
		String paid = exchange("/paid/it");
		assertThat(free).contains("the body", "X-Sum: " + Handlers.GOODS);
		assertThat(paid).endsWith(free.substring(free.indexOf("\r\n\r\n"))).contains(PaymentHeader.RESPONSE);
	}

	@Test
	void theyDoNotFollowAChallenge() throws Exception {
		this.shop.facilitator.receipt = SettleResponse.failure("cap_exceeded", null, "stellar:testnet");
		assertThat(exchange("/paid/it")).startsWith("HTTP/1.1 402").doesNotContain("X-Sum", Handlers.GOODS);
	}

	@Test
	void anAnswerIsNotRepeatedWithoutThem() throws Exception {
		String payment = PaidContainer.payment(PaymentIdentifier.random());
		assertThat(this.shop.get("/paid/it", PaymentHeader.SIGNATURE, payment).statusCode()).isEqualTo(200);
		assertThat(this.shop.get("/paid/it", PaymentHeader.SIGNATURE, payment).statusCode()).isEqualTo(409);
	}

	private String exchange(String path) throws Exception {
		try (Socket socket = new Socket("localhost", this.shop.uri().getPort())) {
			socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
			socket.getOutputStream()
				.write(("GET /shop" + path + " HTTP/1.1\r\nHost: x\r\nTE: trailers\r\nConnection: close, TE\r\n"
						+ PaymentHeader.SIGNATURE + ": " + PaidContainer.payment() + "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

}
