package io.github.x402sessions.samples.gateway;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.test.AutoConfigureX402;
import io.github.x402sessions.test.ScriptedFacilitator;
import io.github.x402sessions.test.TestPayments;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No spelling of a path, no method and no header gets anything of the API for free, on
 * routes of every kind of rewriting, beside one that is free.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureX402
class HostileTargetTests {

	/** The prefixes that are for sale, and where the API is asked for them. */
	private static final Map<String, String> SOLD = Map.of("/api", "/api", "/strip/api", "/api", "/rewritten", "/api",
			"/prefixed", "/v1/prefixed", "/set", "/api");

	private static final List<String> SPELLINGS = List.of("%s/exact", "%s/exact;x=1", "%s;x=1/exact", "%s/exact;",
			"%s/;/exact", "%s/%%65xact", "%s/exact/", "%s//exact", "/%s/exact", "//%s//exact", "/.%s/exact",
			"%s/./exact", "%s/x/../exact", "%s/x/%%2e%%2e/exact", "%s/x/..;/exact", "%s/x/.%%2e;y/exact",
			"/free/..%s/exact", "/free/../%s/exact", "/free/%%2e%%2e%s/exact", "/free/..;%s/exact",
			"/free/..;x=1%s/exact", "/free/.%%2e/%s/exact", "/free;%s/exact", "/free/%%2E%%2E;a=b%s/exact",
			"/free/..%%2f%s/exact", "/free/..%%5c%s/exact", "/free/..\\%s/exact", "/free/..%%c0%%af%s/exact",
			"/free/%%c0%%ae%%c0%%ae%s/exact", "/free/%%e0%%80%%ae%%e0%%80%%ae%s/exact", "/free/%%ff%%2e%s/exact",
			"/free/%%252e%%252e%s/exact", "/free/..%%252f%s/exact", "/free/%%u002e%%u002e%s/exact", "%s/exact%%20",
			"%s/exact.", "%s/exact%%3bx", "%s/exact%%00", "%s/exact%%0a", "%s/exact%%0d%%0aX: y", "%s/exact.json",
			"%s%%2fexact", "%s%%5cexact", "%s\\exact", "%s/exact?_method=POST", "%s/exact?x=/free/", "%s/exact#/free/",
			"%s/EXACT", "%s/%%c0%%a5xact", "%s/ex%%61ct;/../../free/x", "%s/exact/..;/..;/..;/free/x",
			"%s/%%2e%%2e/free/x", "%s", "%s/");

	private static final LenientApi api = new LenientApi();

	@Autowired
	private ScriptedFacilitator facilitator;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void routes(DynamicPropertyRegistry registry) {
		registry.add("api.url", api::url);
		Map<String, String> filters = Map.of("strip", "StripPrefix=1", "rewritten",
				"RewritePath=/rewritten/?(?<rest>.*), /api/$\\{rest}", "prefixed", "PrefixPath=/v1", "free",
				"RemoveRequestHeader=X-Original-URL");
		filters.forEach((name, filter) -> route(registry, name, "/" + name + "/**", filter));
		route(registry, "set", "/set/{id}", "SetPath=/api/{id}");
		List<String> priced = List.of("/api/**", "/strip/**", "/rewritten/**", "/prefixed/**", "/set/**");
		for (int i = 0; i < priced.size(); i++) {
			String path = priced.get(i);
			registry.add("x402.routes[" + i + "].path", () -> path);
			registry.add("x402.routes[" + i + "].price", () -> "0.10");
		}
	}

	private static void route(DynamicPropertyRegistry registry, String name, String path, String filter) {
		String place = "spring.cloud.gateway.server.webmvc.routes-map." + name;
		registry.add(place + ".uri", api::url);
		registry.add(place + ".predicates[0]", () -> "Path=" + path);
		registry.add(place + ".filters[0]", () -> filter);
	}

	@BeforeEach
	void forget() {
		api.forget();
	}

	@AfterAll
	static void close() {
		api.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST", "HEAD" })
	void noSpellingIsFree(String method) throws IOException {
		List<String> free = new ArrayList<>();
		for (String prefix : SOLD.keySet()) {
			for (String spelling : SPELLINGS) {
				String path = String.format(spelling, prefix);
				for (String target : List.of(path, "http://api.example" + path, "http://x@other.example:1" + path)) {
					api.forget();
					String answer = send(method + " " + target, "");
					if (!api.targets.stream().allMatch(HostileTargetTests::isFree)) {
						free.add(target + " -> " + api.targets);
					}
					if (api.targets.isEmpty()) {
						assertThat(answer).as(target).doesNotContain("goods");
					}
				}
			}
		}
		assertThat(free).isEmpty();
		assertThat(this.facilitator.settled()).isEmpty();
	}

	/** As it reached the API, which decodes once. */
	private static boolean isFree(String target) {
		return target.matches("/free[;/].*") && !target.matches("(?i).*/(\\.|%2e){2}([;/?].*|$)")
				&& !target.contains("\\") && !target.matches("(?i).*%(2f|5c|c0|e0|ff|00|u).*");
	}

	@Test
	void ordinaryPathsAreSoldAndReachTheApiRewritten() throws IOException {
		for (Map.Entry<String, String> prefix : SOLD.entrySet()) {
			api.forget();
			String path = prefix.getKey() + "/exact";
			String header = "PAYMENT-SIGNATURE: " + TestPayments.pay(challenge(send("GET " + path, ""))) + "\r\n";
			assertThat(send("GET " + path, header)).startsWith("HTTP/1.1 200").endsWith("goods");
			assertThat(api.targets).containsExactly(prefix.getValue() + "/exact");
		}
		assertThat(this.facilitator.settled()).hasSize(SOLD.size());
	}

	/** Decoding it again would be another path. */
	@Test
	void whatIsEncodedTwiceStaysSo() throws IOException {
		send("GET /free/%252e%252e/api/exact", "");
		assertThat(api.targets).containsExactly("/free/%252e%252e/api/exact");
	}

	@ParameterizedTest
	@CsvSource({ "X-Original-URL, /free/x", "X-Rewrite-URL, /free/x", "X-HTTP-Method-Override, OPTIONS",
			"X-HTTP-Method, OPTIONS", "X-Method-Override, OPTIONS", "X-Forwarded-Prefix, /free",
			"X-Forwarded-Prefix, /free/..", "X-Forwarded-Path, /free/x", "X-Forwarded-Uri, /free/x",
			"X-Forwarded-Host, free.example", "X-Forwarded-Proto, https", "X-Forwarded-For, 127.0.0.1",
			"X-Original-Host, free.example", "X-Host, free.example", "Forwarded, host=free.example;proto=https",
			"Front-End-Https, on", "Upgrade, h2c" })
	void noHeaderMakesItFree(String name, String value) throws IOException {
		String header = name + ": " + value + "\r\n";
		String plain = challenge(send("GET /api/exact", ""));
		api.forget();
		for (String prefix : SOLD.keySet()) {
			assertThat(send("GET " + prefix + "/exact", header)).as(prefix).startsWith("HTTP/1.1 402");
		}
		assertThat(challenge(send("GET /api/exact", header))).isEqualTo(plain);
		assertThat(api.targets).isEmpty();
		header += "PAYMENT-SIGNATURE: " + TestPayments.pay(plain) + "\r\n";
		if (!name.equals("Upgrade")) {
			assertThat(send("GET /api/exact", header)).startsWith("HTTP/1.1 200");
			assertThat(api.targets).containsExactly("/api/exact");
			assertThat(api.received.get(0).keySet()).doesNotContain("X-original-url", "X-rewrite-url",
					"X-http-method-override", "X-http-method", "X-method-override");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host: a.example\r\nHost: b.example\r\n", "Host: /free\r\n", "Host: a.example/free/\r\n",
			"Host: a.example@b.example\r\n", "Host: \r\n", "Host: a.example:99999\r\n" })
	void noHostMakesItFree(String host) throws IOException {
		assertThat(send("GET /api/exact", host)).matches("(?s)HTTP/1.1 40[02] .*").doesNotContain("goods");
		assertThat(api.targets).isEmpty();
	}

	private static String challenge(String answer) {
		return answer.lines()
			.filter((line) -> line.startsWith("PAYMENT-REQUIRED: "))
			.map((line) -> line.substring("PAYMENT-REQUIRED: ".length()))
			.findFirst()
			.orElseThrow();
	}

	private String send(String line, String headers) throws IOException {
		return RawRequest.send(new Socket("localhost", this.port), line, headers);
	}

}
