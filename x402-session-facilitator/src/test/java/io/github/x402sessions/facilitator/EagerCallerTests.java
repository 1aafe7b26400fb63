package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that say more on a connection before they have heard their answer, or that they
 * will say no more, are still there: they hear of a settlement, and nobody a second time.
 */
class EagerCallerTests {

	private static final String NEXT = "GET /supported HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

	private static FacilitatorEnvironment environment;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open();
	}

	@AfterAll
	static void close() {
		environment.close();
	}

	@Test
	void callerWhoEndsWhatItSendsIsThere() throws IOException {
		Map<String, Object> payment = payment("half-closed-0001");
		assertThat(answer(payment, Socket::shutdownOutput)).startsWith("HTTP/1.1 200").contains("\"success\":true");
		assertNotToldAgain(payment);
	}

	@Test
	void callerWhoSendsItsNextRequestIsThere() throws IOException {
		Map<String, Object> payment = payment("pipelined-000001");
		assertThat(answer(payment, (socket) -> {
			environment.devnet.faults().pauseClosing();
			Eventually.isTrue(() -> !reserved(payment).equals("0"));
			socket.getOutputStream().write(NEXT.getBytes(StandardCharsets.US_ASCII));
			environment.devnet.faults().resumeClosing();
		})).contains("\"success\":true").contains("\"kinds\"");
		assertNotToldAgain(payment);
	}

	private static void assertNotToldAgain(Map<String, Object> payment) {
		assertThat(environment.client.settle(payment).text("errorReason")).isEqualTo("duplicate_settlement");
	}

	private static Map<String, Object> payment(String id) {
		return Payments.identified(environment, environment.payer().session(1_000_000), id, "100000");
	}

	private static String reserved(Map<String, Object> payment) {
		Map<?, ?> payload = (Map<?, ?>) ((Map<?, ?>) payment.get("paymentPayload")).get("payload");
		return environment.client.get("/sessions/" + payload.get("sessionId")).text("reserved");
	}

	/** Ask for a settlement and return all that is answered on that connection. */
	private static String answer(Map<String, Object> payment, Afterwards afterwards) throws IOException {
		byte[] body = WireJson.write(payment);
		String head = "POST /settle HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
				+ body.length + "\r\n\r\n";
		URI url = environment.server().url();
		try (Socket socket = new Socket(url.getHost(), url.getPort())) {
			socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().write(body);
			afterwards.with(socket);
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/** What the caller does before it is answered. */
	private interface Afterwards {

		void with(Socket socket) throws IOException;

	}

}
