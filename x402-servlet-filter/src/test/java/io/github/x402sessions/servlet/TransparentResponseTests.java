package io.github.x402sessions.servlet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.github.x402sessions.core.protocol.SettleResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers whose head matters, for {@code GET} and {@code HEAD}: all headers of a paid
 * answer are those of the free one and the payment's, on every container.
 */
@ParameterizedClass
@EnumSource
class TransparentResponseTests {

	private static final Set<String> OURS = Set.of("payment-response", "access-control-expose-headers",
			"cache-control");

	@Parameter
	Container.Kind kind;

	private PaidContainer shop;

	static Map<String, Handlers.Handler> special() {
		Map<String, Handlers.Handler> handlers = new TreeMap<>();
		handlers.put("range", (request, response) -> {
			response.setStatus(206);
			response.setHeader("Accept-Ranges", "bytes");
			response.setHeader("Content-Range", "bytes 2-4/5");
			response.setContentLength(3);
			response.getOutputStream().print("ods");
		});
		handlers.put("compressed", (request, response) -> {
			byte[] body = gzip(Handlers.GOODS.repeat(1000));
			response.setHeader("Content-Encoding", "gzip");
			response.setHeader("Vary", "Accept-Encoding");
			response.setContentLength(body.length);
			response.getOutputStream().write(body);
		});
		handlers.put("compressedStream", (request, response) -> {
			response.setHeader("Content-Encoding", "gzip");
			try (GZIPOutputStream stream = new GZIPOutputStream(response.getOutputStream())) {
				stream.write(Handlers.GOODS.repeat(100_000).getBytes());
			}
		});
		for (String type : List.of("text/html", "text/plain", "text/xml", "application/xml", "application/json",
				"image/svg+xml")) {
			handlers.put("written-" + type.replaceAll("[^a-z]", "-"), (request, response) -> {
				response.setContentType(type);
				response.getWriter().print("g\u00f6ods of " + response.getCharacterEncoding());
			});
		}
		handlers.put("lengthOnly", (request, response) -> {
			if (request.getMethod().equals("HEAD")) {
				response.setContentLengthLong(5_000_000_000L);
			}
		});
		return handlers;
	}

	static Stream<String> handlers() {
		return Stream.concat(Handlers.all().keySet().stream(), special().keySet().stream())
			.filter((name) -> !name.equals("session") && !name.contains("Timeout"));
	}

	@BeforeEach
	void open() throws Exception {
		Map<String, Handlers.Handler> handlers = Handlers.all();
		handlers.putAll(special());
		handlers.put("notModified", (request, response) -> {
			response.setHeader("ETag", "\"1\"");
			response.setStatus(304);
		});
		this.shop = new PaidContainer(this.kind, handlers);
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	@ParameterizedTest
	@MethodSource("handlers")
	void allHeadersAreThere(String handler) throws Exception {
		for (String method : List.of("GET", "HEAD")) {
			HttpResponse<String> free = this.shop.send(method, "/free/" + handler);
			HttpResponse<String> paid = this.shop.send(method, "/paid/" + handler, "PAYMENT-SIGNATURE",
					PaidContainer.payment());
			assertThat(paid.statusCode()).as(method).isEqualTo(free.statusCode());
			assertThat(paid.body()).as(method).isEqualTo(free.body());
			assertThat(others(paid)).as(method).isEqualTo(others(free));
			assertThat(PaidContainer.receipt(paid).success()).as(method).isTrue();
		}
		assertThat(this.shop.facilitator.settled).hasValue(2);
	}

	@ParameterizedTest
	@MethodSource("specialHandlers")
	void noneOfThemIsThereWhenTheSettlementIsRefused(String handler) throws Exception {
		this.shop.facilitator.receipt = SettleResponse.failure("cap_exceeded", null, "stellar:testnet");
		for (String method : List.of("GET", "HEAD")) {
			HttpResponse<String> response = this.shop.send(method, "/paid/" + handler, "PAYMENT-SIGNATURE",
					PaidContainer.payment());
			assertThat(response.statusCode()).as(method).isEqualTo(402);
			assertThat(response.body()).as(method).doesNotContain("ods");
			assertThat(response.headers().map()).as(method)
				.doesNotContainKeys("etag", "accept-ranges", "content-range", "content-encoding");
		}
	}

	@Test
	void whatTheClientHasAlreadyCostsNothing() throws Exception {
		this.shop.facilitator.receipt = SettleResponse.failure("cap_exceeded", null, "stellar:testnet");
		HttpResponse<String> free = this.shop.get("/free/notModified");
		HttpResponse<String> paid = this.shop.pay("/paid/notModified");
		assertThat(paid.statusCode()).isEqualTo(304);
		assertThat(others(paid)).isEqualTo(others(free));
		assertThat(paid.headers().firstValue("Cache-Control")).hasValue("private");
		assertThat(paid.headers().map()).doesNotContainKey("payment-response");
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	static Stream<String> specialHandlers() {
		return special().keySet().stream();
	}

	private static Map<String, List<String>> others(HttpResponse<?> response) {
		Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
		headers.keySet().removeAll(OURS);
		headers.remove("date");
		return headers;
	}

	private static byte[] gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(text.getBytes());
		}
		return bytes.toByteArray();
	}

}
