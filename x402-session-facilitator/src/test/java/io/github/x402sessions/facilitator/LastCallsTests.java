package io.github.x402sessions.facilitator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who keeps a connection hears, with an answer, that it is over, before the node ends.
 */
class LastCallsTests {

	private static final int CALLERS = 16;

	private static final String REQUEST = "GET /supported HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private final AtomicInteger answered = new AtomicInteger();

	private final AtomicInteger told = new AtomicInteger();

	private final AtomicInteger cutOff = new AtomicInteger();

	@Test
	void everyCallIsAnsweredAndEveryConnectionIsEndedByAnAnswer() throws Exception {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			int port = environment.server().url().getPort();
			List<Thread> callers = IntStream.range(0, CALLERS)
				.mapToObj((number) -> new Thread(() -> call(port)))
				.toList();
			callers.forEach(Thread::start);
			Eventually.isTrue(() -> this.answered.get() > CALLERS * 10);
			environment.stop();
			for (Thread caller : callers) {
				caller.join();
			}
		}
		assertThat(this.cutOff).hasValue(0);
		assertThat(this.told).hasValue(CALLERS);
	}

	/**
	 * As most who settle are: the connection was promised to be kept when they came.
	 */
	@Test
	void callerWhoIsInsideWhenTheEndBeginsIsToldToo() throws Exception {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment
			.open(Map.of("facilitator.settle-timeout", "5s"));
				Socket socket = new Socket("localhost", environment.server().url().getPort());
				BufferedReader in = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
			String body = new JsonMapper()
				.writeValueAsString(Payments.of(environment, environment.payer().session(1_000_000), "1000"));
			environment.devnet.faults().pauseClosing();
			write(socket,
					"POST /settle HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
						.formatted(body.length(), body));
			try (TestDatabase books = environment.openDatabase()) {
				Eventually.isTrue(() -> books.jdbc()
					.sql("select count(*) from settlement where status = 'SUBMITTED'")
					.query(Integer.class)
					.single() == 1);
			}
			Thread end = new Thread(environment::stop);
			end.start();
			Eventually.isTrue(() -> isRefused(environment.server().url().getPort()));
			environment.devnet.faults().resumeClosing();
			assertThat(isKept(in)).as("whether another call may follow").isFalse();
			assertThat(in.read()).as("what follows").isNegative();
			end.join();
		}
	}

	private static boolean isRefused(int port) {
		try (Socket socket = new Socket("localhost", port)) {
			return !socket.isConnected();
		}
		catch (IOException ex) {
			return true;
		}
	}

	private static void write(Socket socket, String request) throws IOException {
		socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Send one call after the other as fast as can be, as long as the connection is kept.
	 */
	private void call(int port) {
		try (Socket socket = new Socket("localhost", port);
				BufferedReader in = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
			for (boolean kept = true; kept;) {
				write(socket, REQUEST);
				kept = isKept(in);
				this.answered.incrementAndGet();
			}
			this.told.incrementAndGet();
		}
		catch (IOException ex) {
			this.cutOff.incrementAndGet();
		}
	}

	/** Read an answer, and whether there may be another one. */
	private static boolean isKept(BufferedReader in) throws IOException {
		boolean kept = true;
		int length = 0;
		boolean chunked = false;
		for (String line = line(in); !line.isEmpty(); line = line(in)) {
			String header = line.toLowerCase(Locale.ROOT);
			kept &= !header.equals("connection: close");
			chunked |= header.equals("transfer-encoding: chunked");
			length = header.startsWith("content-length: ") ? Integer.parseInt(header.substring(16)) : length;
		}
		while (chunked) {
			length = Integer.parseInt(line(in), 16);
			chunked = length > 0;
			skip(in, length);
			line(in);
			length = 0;
		}
		skip(in, length);
		return kept;
	}

	private static void skip(BufferedReader in, int characters) throws IOException {
		for (int i = 0; i < characters; i++) {
			if (in.read() < 0) {
				throw new IOException("cut off");
			}
		}
	}

	private static String line(BufferedReader in) throws IOException {
		String line = in.readLine();
		if (line == null) {
			throw new IOException("cut off");
		}
		return line;
	}

}
