package io.github.x402sessions.servlet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.fixtures.Eventually;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
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
 * The connection of a client whose body nobody has read when it is asked to pay.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class UnreadBodyTests {

	private static final int BODY = 6000;

	@Parameter
	Container.Kind kind;

	private final CountDownLatch reached = new CountDownLatch(1);

	private final AtomicBoolean asked = new AtomicBoolean();

	private PaidContainer shop;

	private Socket connection;

	@BeforeEach
	void open() throws Exception {
		this.shop = new PaidContainer(this.kind, Map.of("it", Handlers.all().get("writer")), List.of(this::outer),
				List.of());
		this.connection = new Socket(this.shop.uri().getHost(), this.shop.uri().getPort());
		this.connection.setSoTimeout((int) Eventually.PATIENCE.toMillis());
	}

	@AfterEach
	void close() throws IOException {
		this.connection.close();
		this.shop.close();
	}

	/** Tells when a body is asked for, or the request is answered without it. */
	private void outer(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		chain.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request) {
			@Override
			public ServletInputStream getInputStream() throws IOException {
				UnreadBodyTests.this.asked.set(true);
				UnreadBodyTests.this.reached.countDown();
				return super.getInputStream();
			}
		}, response);
		this.reached.countDown();
	}

	@Test
	void aShortBodyLeavesTheConnectionOpenForThePayment() throws Exception {
		send(head("Content-Length: " + BODY + "\r\n"));
		this.reached.await();
		String early = this.asked.get() ? null : answer();
		send("x".repeat(BODY));
		String answer = (early != null) ? early : answer();
		assertThat(answer).startsWith("HTTP/1.1 402").doesNotContainIgnoringCase("Connection: close");
		send(head(PaymentHeader.SIGNATURE + ": " + PaidContainer.payment() + "\r\nContent-Length: 2\r\n") + "{}");
		assertThat(answer()).startsWith("HTTP/1.1 200");
		assertThat(this.shop.facilitator.settled).hasValue(1);
	}

	@Test
	void aShortBodyInChunksLeavesItOpen() throws Exception {
		send(head("Transfer-Encoding: chunked\r\n") + "3\r\nabc\r\n0\r\n\r\n");
		assertThat(answer()).startsWith("HTTP/1.1 402").doesNotContainIgnoringCase("Connection: close");
		send(head(PaymentHeader.SIGNATURE + ": " + PaidContainer.payment() + "\r\nContent-Length: 2\r\n") + "{}");
		assertThat(answer()).startsWith("HTTP/1.1 200");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 5000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n186a1\r\n" })
	void theEndOfAConnectionIsToldWhereTheBodyIsLong(String rest) throws Exception {
		send(head("").stripTrailing() + "\r\n" + rest + "x".repeat(100_000));
		assertThat(answer()).startsWith("HTTP/1.1 402").containsIgnoringCase("Connection: close");
	}

	@Test
	void aBodyThatWaitsForAWordIsNotAskedFor() throws Exception {
		send(head("Expect: 100-continue\r\nContent-Length: " + BODY + "\r\n"));
		assertThat(answer()).startsWith("HTTP/1.1 402");
		assertThat(this.asked).isFalse();
	}

	private static String head(String headers) {
		return "POST /shop/paid/it HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
	}

	private void send(String text) throws IOException {
		this.connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	/** Read one answer, whose length is told; Tomcat says "continue" by itself. */
	private String answer() throws IOException {
		InputStream input = this.connection.getInputStream();
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
			int next = input.read();
			assertThat(next).as("the connection was closed behind %s", head).isNotNegative();
			head.write(next);
		}
		String text = head.toString(StandardCharsets.ISO_8859_1);
		if (text.startsWith("HTTP/1.1 100")) {
			return answer();
		}
		int length = text.lines()
			.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
			.mapToInt((line) -> Integer.parseInt(line.substring("content-length:".length()).trim()))
			.findFirst()
			.orElseThrow();
		return text + new String(input.readNBytes(length), StandardCharsets.ISO_8859_1);
	}

}
