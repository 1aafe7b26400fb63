package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies that never end, of more callers than the container has threads.
 */
class HalfSentBodyTests {

	private static final int CALLERS = 200;

	private static FacilitatorEnvironment environment;

	private final List<Socket> sockets = new ArrayList<>();

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment
			.open(Map.of("server.tomcat.threads.max", "8", "facilitator.access.body-timeout", "3s"));
	}

	@AfterAll
	static void close() {
		environment.close();
	}

	@AfterEach
	void leave() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	@Test
	void bodiesThatDoNotComeHoldNoThread() throws Exception {
		String id = environment.payer().session(1_000_000);
		for (int i = 0; i < CALLERS; i++) {
			send("POST /settle HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"x402");
		}
		assertServed();
		assertThat(environment.client.settle(Payments.of(environment, id, "10000")).status()).isEqualTo(200);
		Socket first = this.sockets.get(0);
		first.setSoTimeout((int) Eventually.PATIENCE.toMillis());
		assertThat(answer(first)).as("cut off").startsWith("HTTP/1.1 408").contains("the body did not come in time");
	}

	@Test
	void chunksThatAreNoneEndTheConnection() throws Exception {
		Socket socket = send(
				"POST /settle HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"x40\r\nzz\r\n");
		assertThat(answer(socket)).doesNotContain("HTTP/1.1 500").isEmpty();
		assertServed();
	}

	@Test
	void bodyOfWhoHasNoKeyIsNotWaitedFor() throws Exception {
		try (FacilitatorServer closed = FacilitatorServer.start(environment.properties(Map.of("facilitator.access.mode",
				"closed", "facilitator.access.keys[0].name", "shop", "facilitator.access.keys[0].hash", "0".repeat(64),
				"facilitator.access.keys[0].recipients", environment.merchant.getAccountId(),
				"facilitator.database-url", "jdbc:sqlite:" + environment.database.resolveSibling("closed.db"))))) {
			for (String length : new String[] { "Content-Length: 500\r\n\r\n{",
					"Transfer-Encoding: chunked\r\n\r\n5\r\n{" }) {
				Socket socket = send(closed.port(), "POST /settle HTTP/1.1\r\nHost: x\r\n" + length);
				assertThat(answer(socket)).startsWith("HTTP/1.1 401");
				assertThat(socket.getInputStream().read()).as("the connection ends").isEqualTo(-1);
			}
		}
	}

	private static void assertServed() throws Exception {
		long begun = System.nanoTime();
		assertThat(environment.client.get("/health").status()).isEqualTo(200);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("far from the time that others wait")
			.isLessThan(Duration.ofSeconds(5));
	}

	private Socket send(String text) throws IOException {
		return send(environment.server().port(), text);
	}

	private Socket send(int port, String text) throws IOException {
		Socket socket = new Socket("localhost", port);
		this.sockets.add(socket);
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		socket.getOutputStream().flush();
		return socket;
	}

	/** Read until the answer is whole; a server that says so ends the connection. */
	private static String answer(Socket socket) throws IOException {
		StringBuilder text = new StringBuilder();
		int next = socket.getInputStream().read();
		while (next >= 0) {
			text.append((char) next);
			if (text.toString().endsWith("}")) {
				break;
			}
			next = socket.getInputStream().read();
		}
		return text.toString();
	}

}
