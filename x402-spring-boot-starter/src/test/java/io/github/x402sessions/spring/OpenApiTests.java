package io.github.x402sessions.spring;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What springdoc tells of priced operations.
 */
class OpenApiTests {

	private static RunningShop shop;

	private static JsonNode paths;

	@BeforeAll
	static void start() throws Exception {
		shop = new RunningShop(Application.class, "x402.routes[0].path=/reports/*", "x402.routes[0].price=0.02");
		paths = new JsonMapper().readTree(shop.send("/v3/api-docs").body()).path("paths");
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@Test
	void anAnnotatedOperationShowsItsPriceAndThe402() {
		JsonNode operation = paths.at("/~1chat/get");
		JsonNode info = operation.path("x-payment-info");
		assertThat(info.at("/price/mode").asString()).isEqualTo("fixed");
		assertThat(info.at("/price/amount").asString()).isEqualTo("0.1");
		assertThat(info.at("/protocols/0/x402/accepts/0/amount").asString()).isEqualTo("1000000");
		assertThat(info.at("/protocols/0/x402/accepts/0/scheme").asString()).isEqualTo("session");
		assertThat(operation.at("/responses/402/headers/PAYMENT-REQUIRED").isObject()).isTrue();
		assertThat(operation.at("/responses/200").isObject()).isTrue();
	}

	@Test
	void aConfiguredRouteShowsItsPrice() {
		JsonNode operation = paths.at("/~1reports~1{id}/get");
		assertThat(operation.at("/x-payment-info/price/amount").asString()).isEqualTo("0.02");
		assertThat(operation.at("/responses/402").isObject()).isTrue();
	}

	@Test
	void aPriceByRequestIsDynamic() {
		JsonNode price = paths.at("/~1tokens~1{count}/get/x-payment-info/price");
		assertThat(price.path("mode").asString()).isEqualTo("dynamic");
		assertThat(price.has("amount")).isFalse();
	}

	@Test
	void whatIsFreeShowsNothing() {
		JsonNode operation = paths.at("/~1free/get");
		assertThat(operation.isObject()).isTrue();
		assertThat(operation.has("x-payment-info")).isFalse();
		assertThat(operation.at("/responses/402").isMissingNode()).isTrue();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import({ Api.class, Tokens.class })
	static class Application {

	}

	static class Tokens implements RequestPricer {

		@Override
		public String price(HttpServletRequest request) {
			return "0.01";
		}

	}

	@RestController
	static class Api {

		@GetMapping("/chat")
		@X402Price("0.10")
		String chat() {
			return "goods";
		}

		@GetMapping("/tokens/{count}")
		@X402Price(priceFrom = Tokens.class)
		String tokens(@PathVariable int count) {
			return "goods";
		}

		@GetMapping("/reports/{id}")
		String report(@PathVariable String id) {
			return "goods";
		}

		@GetMapping("/free")
		String free() {
			return "free";
		}

	}

}
