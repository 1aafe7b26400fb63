package io.github.x402sessions.samples.gateway;

import java.io.IOException;
import java.net.Socket;

import io.github.x402sessions.test.AutoConfigureX402;
import io.github.x402sessions.test.ScriptedFacilitator;
import io.github.x402sessions.test.TestPayments;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where Spring's own strategy believes any client, the gateway asks its API for what
 * {@code X-Forwarded-Prefix} says.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "server.forward-headers-strategy=framework",
				"spring.cloud.gateway.server.webmvc.routes-map.free.predicates[0]=Path=/free/**,/cheap/**",
				"x402.routes[0].path=/api/**", "x402.routes[0].price=0.10", "x402.routes[1].path=/cheap/**",
				"x402.routes[1].price=0.01" })
@AutoConfigureX402
class ForwardedPrefixTests {

	private static final LenientApi api = new LenientApi();

	@Autowired
	private ScriptedFacilitator facilitator;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		registry.add("api.url", api::url);
		registry.add("spring.cloud.gateway.server.webmvc.routes-map.free.uri", api::url);
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
	@ValueSource(strings = { "/api", "/api/", "/%61pi", "/api/exact;x", "/x/../api", "//api", "/./api", "/free/..;/api",
			"/x/%2e%2e/api", "/api/exact?", "/x%2f..%2fapi", "/x/.%2e;y/api;z" })
	void aPrefixIsPricedToo(String prefix) throws IOException {
		String answer = RawRequest.send(new Socket("localhost", this.port), "GET /free/x",
				"X-Forwarded-Prefix: " + prefix + "\r\n");
		assertThat(answer).startsWith("HTTP/1.1 402");
		assertThat(api.targets).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/shop", "/free", "/%ff", "/apis" })
	void otherPrefixesCostNothing(String prefix) throws IOException {
		RawRequest.send(new Socket("localhost", this.port), "GET /free/x", "X-Forwarded-Prefix: " + prefix + "\r\n");
		assertThat(api.targets).containsExactly(prefix + "/free/x");
	}

	/** The API normalises what it is asked for. */
	@ParameterizedTest
	@ValueSource(strings = { "/cheap/../api/exact", "/cheap/x/../../api/exact", "/cheap/%2e%2e/api/exact",
			"/cheap/..;x/api/exact", "/cheap/.%2e;y/api/exact", "/cheap//../../api/exact", "//cheap/../api/exact" })
	void aCheapPathIsNoWayToADearerOne(String target) throws IOException {
		String answer = RawRequest.send(new Socket("localhost", this.port), "GET " + target, "");
		assertThat(answer).matches("(?s)HTTP/1.1 40[02] .*");
		if (answer.startsWith("HTTP/1.1 402")) {
			assertThat(amount(answer)).isEqualTo("1000000");
		}
		assertThat(api.targets).isEmpty();
	}

	private static String amount(String answer) {
		return TestPayments.challenge(challenge(answer)).accepts().get(0).amount();
	}

	private static String challenge(String answer) {
		return answer.lines()
			.filter((line) -> line.startsWith("PAYMENT-REQUIRED: "))
			.map((line) -> line.substring("PAYMENT-REQUIRED: ".length()))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void aCheapPathBuysNothingDearer() throws IOException {
		String prefix = "X-Forwarded-Prefix: /api\r\n";
		for (String header : new String[] { prefix, "" }) {
			String challenge = challenge(RawRequest.send(new Socket("localhost", this.port), "GET /cheap/x", header));
			String payment = "PAYMENT-SIGNATURE: " + TestPayments.pay(challenge) + "\r\n";
			assertThat(RawRequest.send(new Socket("localhost", this.port), "GET /cheap/x", prefix + payment))
				.startsWith("HTTP/1.1 500")
				.doesNotContain("goods");
			assertThat(api.targets).isEmpty();
		}
		assertThat(this.facilitator.settled()).isEmpty();
	}

}
