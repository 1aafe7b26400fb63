package io.github.x402sessions.spring;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.PaymentHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages of another origin pay an application that configures CORS in Spring MVC, without
 * Spring Security: browsers may read the 402 as well as the answer that was paid for.
 */
class CrossOriginTests {

	private static final String APP = "https://app.example";

	private static RunningShop shop;

	@BeforeAll
	static void start() {
		shop = new RunningShop(Application.class, "x402.routes[0].path=/files/*", "x402.routes[0].price=0.01",
				"spring.web.resources.static-locations=classpath:/welcome/",
				"spring.mvc.static-path-pattern=/files/**");
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/goods", "/annotated", "/files/index.html" })
	void unpaidAndPaidAnswersCanBeRead(String path) throws Exception {
		HttpResponse<String> unpaid = shop.send(path, "Origin", APP);
		assertThat(unpaid.statusCode()).isEqualTo(402);
		assertReadable(unpaid.headers());
		HttpResponse<String> paid = shop.send(path, "Origin", APP, PaymentHeader.SIGNATURE, shop.paymentFor(path));
		assertThat(paid.statusCode()).isEqualTo(200);
		assertThat(paid.headers().firstValue(PaymentHeader.RESPONSE)).isPresent();
		assertReadable(paid.headers());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/goods", "/annotated" })
	void anOriginThatMayNotAskIsRefusedUncharged(String path) throws Exception {
		HttpResponse<String> refused = shop.send(path, "Origin", "https://evil.example", PaymentHeader.SIGNATURE,
				shop.paymentFor(path));
		assertThat(refused.statusCode()).isEqualTo(403);
		assertThat(refused.headers().firstValue(PaymentHeader.RESPONSE)).isEmpty();
		assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
	}

	@Test
	void preflightsAreAnsweredBySpring() throws Exception {
		HttpResponse<String> preflight = shop.method("OPTIONS", "/api/goods", "Origin", APP,
				"Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "payment-signature");
		assertThat(preflight.statusCode()).isEqualTo(200);
		assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers")).hasValue("payment-signature");
	}

	@Test
	void whatHasNoCorsConfigurationStaysClosed() throws Exception {
		HttpResponse<String> unpaid = shop.send("/closed", "Origin", APP);
		assertThat(unpaid.statusCode()).isEqualTo(402);
		assertThat(unpaid.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
	}

	private static void assertReadable(HttpHeaders headers) {
		assertThat(headers.allValues("Access-Control-Allow-Origin")).containsExactly(APP);
		assertThat(list(headers, "Access-Control-Expose-Headers")).contains("PAYMENT-REQUIRED", "PAYMENT-RESPONSE");
		assertThat(list(headers, "Vary")).contains("Origin").doesNotHaveDuplicates();
	}

	private static Stream<String> list(HttpHeaders headers, String name) {
		return headers.allValues(name).stream().flatMap((value) -> Arrays.stream(value.split(",\\s*")));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import(Api.class)
	static class Application implements WebMvcConfigurer {

		@Override
		public void addCorsMappings(CorsRegistry registry) {
			registry.addMapping("/api/**").allowedOrigins(APP).exposedHeaders("X-Own");
			registry.addMapping("/files/**").allowedOrigins(APP);
		}

	}

	@RestController
	static class Api {

		@GetMapping("/api/goods")
		@X402Price("0.10")
		String goods() {
			return "goods";
		}

		@GetMapping("/annotated")
		@CrossOrigin(APP)
		@X402Price("0.10")
		String annotated() {
			return "goods";
		}

		@GetMapping("/closed")
		@X402Price("0.10")
		String closed() {
			return "goods";
		}

	}

}
