package io.github.x402sessions.spring;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Security decides who may ask, then the price is asked; a browser of another
 * origin can read both answers. The README shows this set-up.
 */
class SecuredApplicationTests {

	private static final String ALICE = "Basic YWxpY2U6cHc=";

	private static final String ORIGIN = "https://app.example";

	private static RunningShop shop;

	@BeforeAll
	static void start() {
		shop = new RunningShop(Application.class,
				"spring.autoconfigure.exclude="
						+ "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration",
				"spring.security.user.name=alice", "spring.security.user.password=pw");
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@Test
	void whoMayNotAskIsNotAskedForMoney() throws Exception {
		assertThat(shop.send("/members").statusCode()).isEqualTo(401);
		assertThat(shop.ask("/members", "Authorization", ALICE)).isEqualTo("402 1000000");
		assertThat(shop.askWithPaymentFor("/open", "/members")).startsWith("401");
	}

	@Test
	void theOpenPathIsPaidByAnybody() throws Exception {
		assertThat(shop.askWithPaymentFor("/open", "/open")).isEqualTo("200 open");
	}

	@Test
	void csrfStaysAsConfigured() throws Exception {
		assertThat(shop.submit("/open", "Authorization", ALICE).statusCode()).isIn(401, 403);
	}

	@Test
	void browsersOfAnotherOriginReadTheChallengeAndTheReceipt() throws Exception {
		HttpResponse<String> unpaid = shop.send("/open", "Origin", ORIGIN);
		assertThat(unpaid.statusCode()).isEqualTo(402);
		assertThat(readable(unpaid)).contains("PAYMENT-REQUIRED");
		HttpResponse<String> paid = shop.send("/open", "Origin", ORIGIN, "PAYMENT-SIGNATURE", shop.paymentFor("/open"));
		assertThat(paid.statusCode()).isEqualTo(200);
		assertThat(readable(paid)).contains("PAYMENT-RESPONSE");
		assertThat(paid.headers().firstValue("PAYMENT-RESPONSE")).isPresent();
	}

	/** What the stock clients of browsers ask for, in lower case and sorted. */
	@ParameterizedTest
	@ValueSource(strings = { "payment-signature", "access-control-expose-headers,payment-signature", "x-payment",
			"access-control-expose-headers,x-payment", "content-type",
			"access-control-expose-headers,content-type,payment-signature",
			"authorization,content-type,idempotency-key,payment-signature" })
	void aPreflightLetsClientsSendWhatTheySend(String headers) throws Exception {
		for (String method : List.of("GET", "POST")) {
			HttpResponse<String> preflight = shop.method("OPTIONS", "/open", "Origin", ORIGIN,
					"Access-Control-Request-Method", method, "Access-Control-Request-Headers", headers);
			assertThat(preflight.statusCode()).isEqualTo(200);
			assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ORIGIN);
			assertThat(list(preflight, "Access-Control-Allow-Methods")).contains(method);
			assertThat(list(preflight, "Access-Control-Allow-Headers")).containsExactlyInAnyOrder(headers.split(","));
			assertThat(preflight.headers().map()).doesNotContainKey("payment-required");
		}
	}

	@Test
	void otherHeadersAndOriginsStayOut() throws Exception {
		assertThat(shop
			.method("OPTIONS", "/open", "Origin", ORIGIN, "Access-Control-Request-Method", "GET",
					"Access-Control-Request-Headers", "x-own")
			.headers()
			.firstValue("Access-Control-Allow-Headers")).isEmpty();
		assertThat(shop
			.method("OPTIONS", "/open", "Origin", "https://evil.example", "Access-Control-Request-Method", "GET",
					"Access-Control-Request-Headers", "payment-signature")
			.statusCode()).isEqualTo(403);
	}

	@Test
	void theReadmeShowsThisConfiguration() throws Exception {
		String readme = squeezed(Path.of("README.md"));
		String source = squeezed(Path.of("src/test/java/io/github/x402sessions/spring/SecuredApplicationTests.java"));
		String begin = "CorsConfigurationcors=new";
		String end = "returnsource;";
		String shown = readme.substring(readme.indexOf(begin), readme.indexOf(end, readme.indexOf(begin)));
		assertThat(source.replace("(ORIGIN)", "(\"" + ORIGIN + "\")")).contains(shown);
	}

	private static String squeezed(Path file) throws IOException {
		return Files.readString(file).replaceAll("\\s+", "");
	}

	private static Stream<String> list(HttpResponse<?> response, String name) {
		return response.headers().allValues(name).stream().flatMap((value) -> Arrays.stream(value.split(",\\s*")));
	}

	private static String readable(HttpResponse<String> response) {
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ORIGIN);
		return String.join(",", response.headers().allValues("Access-Control-Expose-Headers"));
	}

	@RestController
	static class Api {

		@GetMapping("/open")
		@X402Price("0.10")
		String open() {
			return "open";
		}

		@PostMapping("/open")
		@X402Price("0.10")
		String post() {
			return "posted";
		}

		@GetMapping("/members")
		@X402Price("0.10")
		String members() {
			return "members";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Application {

		@Bean
		SecurityFilterChain security(HttpSecurity http) throws Exception {
			return http
				.authorizeHttpRequests(
						(requests) -> requests.requestMatchers("/open").permitAll().anyRequest().authenticated())
				.httpBasic(Customizer.withDefaults())
				.cors(Customizer.withDefaults())
				.build();
		}

		@Bean
		CorsConfigurationSource corsConfigurationSource() {
			CorsConfiguration cors = new CorsConfiguration();
			cors.setAllowedOrigins(List.of(ORIGIN));
			cors.setAllowedMethods(List.of("GET", "POST"));
			cors.setAllowedHeaders(List.of("PAYMENT-SIGNATURE", "X-PAYMENT", "Access-Control-Expose-Headers",
					"Content-Type", "Idempotency-Key", "Authorization"));
			cors.setExposedHeaders(List.of("PAYMENT-REQUIRED", "PAYMENT-RESPONSE", "Retry-After"));
			UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
			source.registerCorsConfiguration("/**", cors);
			return source;
		}

	}

}
