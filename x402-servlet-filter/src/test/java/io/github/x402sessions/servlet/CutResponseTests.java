package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.fixtures.Eventually;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A client that goes away in the middle of an answer and asks again gets all of it, or is
 * told that its payment is spent: never a part that looks like the whole.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class CutResponseTests {

	private static final int EVENTS = 10;

	private final CountDownLatch gone = new CountDownLatch(1);

	private final String payment = PaidContainer.payment(PaymentIdentifier.random());

	@Parameter
	Container.Kind kind;

	private Map<String, Handlers.Handler> handlers() {
		Map<String, Handlers.Handler> handlers = new HashMap<>();
		handlers.put("throws", (request, response) -> stream(response));
		handlers.put("swallows", (request, response) -> swallow(response));
		handlers.put("asyncCompletes", (request, response) -> {
			AsyncContext async = request.startAsync();
			async.start(() -> {
				swallow(response);
				complete(async);
			});
		});
		handlers.put("completesOnError", this::completeOnError);
		handlers.put("writeListener", this::writeListener);
		handlers.put("neverFlushes", (request, response) -> {
			first(response);
			for (int i = 1; i < EVENTS; i++) {
				response.getOutputStream().print("event " + i + "\n");
			}
		});
		return handlers;
	}

	private void stream(HttpServletResponse response) throws IOException {
		first(response);
		for (int i = 1; i < EVENTS; i++) {
			response.getOutputStream().print("event " + i + "\n");
			response.flushBuffer();
		}
	}

	private void first(HttpServletResponse response) throws IOException {
		response.getOutputStream().print("event 0\n");
		response.flushBuffer();
		Eventually.opens(this.gone);
	}

	private void swallow(HttpServletResponse response) {
		try {
			stream(response);
		}
		catch (IOException ex) {
			// As if nothing was.
		}
	}

	/** The container notices before the handler does. */
	private void completeOnError(HttpServletRequest request, HttpServletResponse response) {
		AsyncContext async = request.startAsync();
		async.addListener(new AsyncListener() {

			@Override
			public void onComplete(AsyncEvent event) {
			}

			@Override
			public void onTimeout(AsyncEvent event) {
			}

			@Override
			public void onError(AsyncEvent event) {
				async.complete();
			}

			@Override
			public void onStartAsync(AsyncEvent event) {
			}

		});
		new Thread(() -> {
			try {
				first(response);
				response.getOutputStream().print("event 1\n");
				response.flushBuffer();
			}
			catch (IOException ex) {
				// Its listener hears of it, too.
			}
		}).start();
	}

	private void writeListener(HttpServletRequest request, HttpServletResponse response) throws IOException {
		AsyncContext async = request.startAsync();
		ServletOutputStream output = response.getOutputStream();
		output.setWriteListener(new WriteListener() {

			private int next;

			private boolean flushed;

			@Override
			public void onWritePossible() throws IOException {
				while (output.isReady()) {
					if (this.next == EVENTS) {
						async.complete();
						return;
					}
					if (this.flushed) {
						if (this.next == 1) {
							Eventually.opens(CutResponseTests.this.gone);
						}
						output.print("event " + this.next++ + "\n");
					}
					else {
						if (this.next++ == 0) {
							output.print("event 0\n");
						}
						output.flush();
					}
					this.flushed = !this.flushed;
				}
			}

			@Override
			public void onError(Throwable failure) {
				complete(async);
			}

		});
	}

	private static void complete(AsyncContext async) {
		try {
			async.complete();
		}
		catch (IllegalStateException ex) {
			// The container has ended it.
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "throws", "swallows", "asyncCompletes", "completesOnError", "writeListener" })
	void aPartIsNotTakenForTheWhole(String handler) throws Exception {
		assumeThat(this.kind == Container.Kind.TOMCAT || !handler.equals("completesOnError"))
			.as("the container tells of a client that has gone")
			.isTrue();
		HttpResponse<String> again = cut(handler);
		assertThat(again.body()).doesNotContain("event");
		assertThat(again.statusCode()).isEqualTo(409);
		assertThat(again.body()).contains("payment-identifier-spent");
	}

	@Test
	void theWholeIsGivenAgain() throws Exception {
		HttpResponse<String> again = cut("neverFlushes");
		assertThat(again.statusCode()).isEqualTo(200);
		assertThat(again.body()).hasLineCount(EVENTS);
	}

	/** Go away after the first event, and ask again. */
	private HttpResponse<String> cut(String handler) throws Exception {
		try (PaidContainer shop = new PaidContainer(this.kind, handlers())) {
			shop.facilitator.honouring();
			try (Socket socket = new Socket("localhost", shop.uri().getPort())) {
				socket.setSoLinger(true, 0);
				socket.getOutputStream()
					.write(("GET /shop/paid/" + handler + " HTTP/1.1\r\nHost: localhost:" + shop.uri().getPort()
							+ "\r\n" + PaymentHeader.SIGNATURE + ": " + this.payment + "\r\n\r\n")
						.getBytes(StandardCharsets.US_ASCII));
				StringBuilder seen = new StringBuilder();
				while (seen.indexOf("event 0") < 0) {
					seen.append((char) socket.getInputStream().read());
				}
			}
			this.gone.countDown();
			HttpResponse<String> again;
			do {
				again = shop.get("/paid/" + handler, PaymentHeader.SIGNATURE, this.payment);
			}
			while (again.body().contains("payment-identifier-busy"));
			assertThat(shop.facilitator.charged).hasValue(1);
			return again;
		}
	}

}
