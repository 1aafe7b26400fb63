package io.github.x402sessions.samples.gateway;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;

import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.test.AutoConfigureX402;
import io.github.x402sessions.test.ScriptedFacilitator;
import io.github.x402sessions.test.TestPayments;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway behind an nginx with the sample's configuration.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureX402
@ActiveProfiles("nginx")
@EnabledIf(value = "io.github.x402sessions.samples.gateway.NginxServer#isThere",
		disabledReason = "nginx is not installed: apt-get install nginx")
class NginxTests {

	private static final String[] CACHING = { "proxy_buffering off;",
			"proxy_cache answers; proxy_cache_valid any 10m; gzip on; gzip_types *; gzip_min_length 1; gzip_proxied any;"
					+ " add_header X-Cache $upstream_cache_status;" };

	private static final LenientApi api = new LenientApi();

	@TempDir
	private static Path folder;

	private static NginxServer nginx;

	@Autowired
	private ScriptedFacilitator facilitator;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void routes(DynamicPropertyRegistry registry) {
		registry.add("api.url", api::url);
		registry.add("spring.cloud.gateway.server.webmvc.routes-map.free.uri", api::url);
		registry.add("spring.cloud.gateway.server.webmvc.routes-map.free.predicates[0]", () -> "Path=/free/**");
		registry.add("x402.routes[0].path", () -> "/api/**");
		registry.add("x402.routes[0].price", () -> "0.10");
		registry.add("x402.routes[0].description", () -> "much to say ".repeat(350));
	}

	@BeforeEach
	void start() throws Exception {
		api.forget();
		if (nginx == null) {
			nginx = new NginxServer(folder, this.port);
		}
	}

	@AfterAll
	static void close() {
		if (nginx != null) {
			nginx.close();
		}
		api.close();
	}

	/** All of it is more than nginx takes of a head without being told. */
	@Test
	void theChallengePassesWithThePublicUrl() throws IOException {
		String answer = send(nginx, "GET /api/exact?a=b", "");
		assertThat(answer).startsWith("HTTP/1.1 402");
		assertThat(header(answer, "PAYMENT-REQUIRED")).hasSizeGreaterThan(5000);
		assertThat(url(answer)).isEqualTo("https://api.example:" + nginx.port() + "/api/exact?a=b");
		assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
		assertThat(answer).endsWith("}");
	}

	@ParameterizedTest
	@CsvSource({ "X-Forwarded-Host, evil.example", "X-Forwarded-Proto, http", "X-Forwarded-Port, 1",
			"X-Forwarded-Prefix, /free", "X-Forwarded-For, 127.0.0.1", "X-Real-IP, 127.0.0.1",
			"X-Original-URL, /free/x", "Forwarded, host=evil.example;proto=http", "X-HTTP-Method-Override, OPTIONS",
			"Connection, PAYMENT-SIGNATURE" })
	void whatClientsSayOfThemselvesChangesNothing(String name, String value) throws IOException {
		String header = name + ": " + value + "\r\n";
		String plain = header(send(nginx, "GET /api/exact", ""), "PAYMENT-REQUIRED");
		String forged = send(nginx, "GET /api/exact", header);
		assertThat(header(forged, "PAYMENT-REQUIRED")).isEqualTo(plain);
		String paid = send(nginx, "GET /api/exact", header + "PAYMENT-SIGNATURE: " + TestPayments.pay(plain) + "\r\n");
		assertThat(paid).startsWith("HTTP/1.1 200").endsWith("goods");
		assertThat(api.targets).containsExactly("/api/exact");
	}

	/** Linux has all of 127.0.0.0/8. */
	@Test
	void onlyTheProxyIsBelieved() throws IOException {
		String header = "X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n";
		InetAddress self = InetAddress.getByName("127.0.0.1");
		InetAddress stranger = InetAddress.getByName("127.0.0.9");
		assertThat(url(RawRequest.send(new Socket(self, this.port, self, 0), "GET /api/exact", header)))
			.isEqualTo("https://evil.example/api/exact");
		assertThat(url(RawRequest.send(new Socket(self, this.port, stranger, 0), "GET /api/exact", header)))
			.isEqualTo("http://api.example/api/exact");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/exact", "/api/%65xact", "/api;x/exact", "//api/exact", "/./api/exact",
			"/free/../api/exact", "/free/%2e%2e/api/exact", "/free/..;/api/exact", "/free/..%2fapi/exact",
			"/free/..%5capi/exact", "/free/..\\api/exact", "/free/%c0%ae%c0%ae/api/exact", "/api/%2e%2e/free/x",
			"/api/x/..;/..;/free/x", "/API/exact", "/api%2fexact", "/api/exact%00", "/api/exact%20x",
			"https://api.example/api/exact", "http://other.example/api/exact", "/api/exact#/free/" })
	void noSpellingIsFree(String target) throws IOException {
		for (String method : new String[] { "GET", "POST", "HEAD" }) {
			assertThat(send(nginx, method + " " + target, "")).as(method).doesNotContain("goods");
		}
		assertThat(api.targets).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host: other.example\r\n", "Host: api.example\r\nHost: other.example\r\n",
			"Host: other.example@api.example\r\n", "Host: \r\n" })
	void noOtherHostIsAnswered(String host) throws IOException {
		assertThat(send(nginx, "GET /free/x", host)).matches("(?s)HTTP/1.1 4(00|21) .*");
		assertThat(api.targets).isEmpty();
	}

	@Test
	void aLongPaymentPasses() throws IOException {
		PaymentRequired challenge = TestPayments
			.challenge(header(send(nginx, "GET /api/exact", ""), "PAYMENT-REQUIRED"));
		int rest = 8192 - TestPayments.pay(challenge, Map.of("sessionId", "")).length();
		String payment = TestPayments.pay(challenge, Map.of("sessionId", "s".repeat(rest * 3 / 4 - 3)));
		assertThat(payment.length()).isBetween(8180, 8192);
		String paid = send(nginx, "GET /api/exact", "PAYMENT-SIGNATURE: " + payment + "\r\n");
		assertThat(paid).startsWith("HTTP/1.1 200").endsWith("goods");
		assertThat(header(paid, "PAYMENT-RESPONSE")).isNotEmpty();
		assertThat(this.facilitator.settled()).hasSize(1);
	}

	/** Whatever host the target or the header names. */
	@Test
	void thePublicUrlIsThatOfTheServer() throws IOException {
		assertThat(url(send(nginx, "GET https://api.example/api/exact", "Host: other.example\r\n")))
			.isEqualTo("https://api.example:" + nginx.port() + "/api/exact");
	}

	@Test
	void aLongBodyPasses() throws IOException {
		String body = "x".repeat(2 * 1024 * 1024);
		String payment = TestPayments.pay(header(send(nginx, "POST /api/exact", ""), "PAYMENT-REQUIRED"));
		String headers = "PAYMENT-SIGNATURE: " + payment + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
		assertThat(send(nginx, "POST /api/exact", headers)).startsWith("HTTP/1.1 200");
		assertThat(api.targets).containsExactly("/api/exact");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/stream/events", "/api/stream/lines" })
	void streamsPassPartByPart(String target) throws IOException {
		api.second = new CountDownLatch(1);
		String payment = TestPayments.pay(header(send(nginx, "GET " + target, ""), "PAYMENT-REQUIRED"));
		try (Socket socket = nginx.connect();
				BufferedReader answer = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
			RawRequest.write(socket, "GET " + target, "PAYMENT-SIGNATURE: " + payment + "\r\n");
			assertThat(answer.readLine()).startsWith("HTTP/1.1 200");
			assertThat(answer.lines().anyMatch("data: first"::equals)).isTrue();
			assertThat(this.facilitator.settled()).hasSize(1);
			api.second.countDown();
			assertThat(answer.lines().anyMatch("data: second"::equals)).isTrue();
		}
	}

	/** Even where it was told to keep everything, and to compress it. */
	@Test
	void noCacheGivesPaidAnswersToOthers(@TempDir Path other) throws Exception {
		try (NginxServer caching = new NginxServer(other, this.port, CACHING)) {
			assertThat(send(caching, "GET /free/cached", "")).endsWith("goods");
			assertThat(send(caching, "GET /free/cached", "")).contains("X-Cache: HIT").endsWith("goods");
			assertThat(api.targets).containsExactly("/free/cached");
			for (String path : new String[] { "/api/cached", "/api/exact" }) {
				String unpaid = send(caching, "GET " + path, "");
				String payment = "PAYMENT-SIGNATURE: " + TestPayments.pay(header(unpaid, "PAYMENT-REQUIRED")) + "\r\n";
				String compressed = "Accept-Encoding: gzip\r\n";
				assertThat(unzip(send(caching, "GET " + path, payment + compressed))).isEqualTo("goods");
				for (String headers : new String[] { "", compressed, "Range: bytes=0-1\r\n" }) {
					assertThat(send(caching, "GET " + path, headers)).as(path).startsWith("HTTP/1.1 402");
				}
				assertThat(send(caching, "GET " + path, payment)).startsWith("HTTP/1.1 200")
					.doesNotContain("X-Cache: HIT");
			}
			assertThat(this.facilitator.settled()).hasSize(4);
		}
	}

	@Test
	void itWaitsLongerThanASettlement() throws IOException {
		PaymentRequired challenge = TestPayments
			.challenge(header(send(nginx, "GET /api/exact", ""), "PAYMENT-REQUIRED"));
		assertThat(challenge.accepts().get(0).maxTimeoutSeconds()).isLessThan(NginxServer.readTimeout());
	}

	private static String unzip(String answer) throws IOException {
		int body = answer.indexOf("\r\n\r\n") + 4;
		assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
		byte[] chunked = answer.substring(body).getBytes(StandardCharsets.ISO_8859_1);
		int start = answer.substring(body).indexOf("\r\n") + 2;
		int length = Integer.parseInt(answer.substring(body, body + start - 2), 16);
		return new String(new GZIPInputStream(new ByteArrayInputStream(chunked, start, length)).readAllBytes(),
				StandardCharsets.UTF_8);
	}

	private static String url(String answer) {
		return TestPayments.challenge(header(answer, "PAYMENT-REQUIRED")).resource().url();
	}

	private static String header(String answer, String name) {
		return answer.substring(0, answer.indexOf("\r\n\r\n"))
			.lines()
			.filter((line) -> line.startsWith(name + ": "))
			.map((line) -> line.substring(name.length() + 2))
			.findFirst()
			.orElseThrow();
	}

	private static String send(NginxServer server, String line, String headers) throws IOException {
		return RawRequest.send(server.connect(), line, headers);
	}

}
