package io.github.x402sessions.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import io.github.x402sessions.fixtures.Eventually;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A long stream passes without being kept: what was written and did not yet reach the
 * response below is never more than the budget.
 */
@ParameterizedClass
@EnumSource
class StreamTests {

	/** For runs by hand: {@code JAVA_TOOL_OPTIONS=-Dstream.bytes=1073741824}. */
	private static final long LENGTH = Long.getLong("stream.bytes", 256L << 20);

	private static final byte[] CHUNK = new byte[8192];

	@Parameter
	Container.Kind kind;

	@ParameterizedTest
	@ValueSource(strings = { "blocking", "async", "nonBlocking" })
	void nothingIsKeptBeyondTheBudget(String way) throws Exception {
		AtomicLong mostKept = new AtomicLong();
		AtomicLong turns = new AtomicLong();
		CountDownLatch full = new CountDownLatch(way.equals("nonBlocking") ? 1 : 0);
		Map<String, Handlers.Handler> ways = Map.of("blocking",
				(request, response) -> new Stream(request, response, mostKept).writeAll(), "async",
				(request, response) -> {
					AsyncContext async = request.startAsync();
					async.start(() -> AsyncHandlers.writing(() -> {
						new Stream(request, response, mostKept).writeAll();
						async.complete();
					}));
				}, "nonBlocking", (request, response) -> {
					AsyncContext async = request.startAsync();
					async.setTimeout(0);
					Stream stream = new Stream(request, response, mostKept);
					response.getOutputStream().setWriteListener(new WriteListener() {

						@Override
						public void onWritePossible() {
							turns.incrementAndGet();
							AsyncHandlers.writing(() -> {
								while (stream.output.isReady()) {
									if (stream.written == LENGTH) {
										async.complete();
										return;
									}
									stream.write();
								}
								full.countDown();
							});
						}

						@Override
						public void onError(Throwable failure) {
							async.complete();
						}

					});
				});
		try (PaidContainer shop = new PaidContainer(this.kind, Map.of("it", ways.get(way)));
				InputStream body = shop.open("/paid/it", "PAYMENT-SIGNATURE", PaidContainer.payment()).body()) {
			Eventually.opens(full);
			assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(LENGTH);
			assertThat(mostKept).hasPositiveValue().hasValueLessThanOrEqualTo(PaidContainer.BUDGET);
			assertThat(shop.facilitator.settled).hasValue(1);
			assertThat(turns.get() > 1).as("turns").isEqualTo(way.equals("nonBlocking"));
		}
	}

	/** Writes chunks and looks at what stays between itself and the raw response. */
	private static final class Stream {

		private final ServletOutputStream output;

		private final CountingResponse below;

		private final AtomicLong mostKept;

		private long written;

		Stream(HttpServletRequest request, HttpServletResponse response, AtomicLong mostKept) throws IOException {
			this.output = response.getOutputStream();
			this.below = CountingResponse.of(request);
			this.mostKept = mostKept;
		}

		void writeAll() throws IOException {
			while (this.written < LENGTH) {
				write();
			}
		}

		void write() throws IOException {
			this.output.write(CHUNK);
			this.written += CHUNK.length;
			this.mostKept.accumulateAndGet(this.written - this.below.count.get(), Math::max);
		}

	}

}
