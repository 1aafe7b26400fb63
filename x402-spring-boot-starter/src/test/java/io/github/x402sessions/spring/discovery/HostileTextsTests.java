package io.github.x402sessions.spring.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.gate.BazaarExtension;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.spring.RunningShop;
import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.spring.schema.SchemaFit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts, examples and rules of handlers that do harm where they are passed on as they
 * are.
 */
class HostileTextsTests {

	private static final String LONG = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

	private static final String LONGER = LONG + LONG + LONG + LONG + LONG + LONG + LONG + LONG + LONG + LONG + LONG;

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatIsToldIsShortPrintableAndTheSameForEveryReader(boolean springdoc) throws Exception {
		try (RunningShop shop = new RunningShop(Application.class, "springdoc.api-docs.enabled=" + springdoc)) {
			BazaarDeclaration declaration = BazaarDeclaration.of(shop.challenge("/odd").extensions()).orElseThrow();
			assertThat(SchemaFit.fits(declaration.schema(), declaration.info())).isTrue();
			JsonNode told = DeclaredHandlersTests.json(declaration);
			JsonNode query = told.at("/info/input/queryParams");
			assertThat(query.path("id").asLong()).isLessThan(1L << 53);
			assertThat(query.path("days").asInt()).isBetween(1, 14);
			JsonNode rules = told.at("/schema/properties/input/properties/queryParams/properties");
			assertThat(rules.at("/slow/pattern").isMissingNode()).isTrue();
			assertThat(rules.at("/none/pattern").isMissingNode()).isTrue();
			assertThat(rules.at("/name/description").asString()).startsWith("two lines").hasSizeLessThanOrEqualTo(120);
			assertThat(told.toString()).doesNotContain("\\n").doesNotContain("\\u").doesNotContain("‮");
			assertThat(shop.challenge("/odd").resource().description()).isEqualTo("one two");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatIsTooLongIsLeftOutAndSoldAllTheSame(boolean springdoc) throws Exception {
		try (RunningShop shop = new RunningShop(Application.class, "springdoc.api-docs.enabled=" + springdoc)) {
			JsonNode told = DeclaredHandlersTests
				.json(BazaarDeclaration.of(shop.challenge("/odd").extensions()).orElseThrow());
			assertThat(WireJson.write(told)).hasSizeLessThanOrEqualTo(BazaarExtension.MAX_LENGTH);
			assertThat(shop.ask("/wide")).isEqualTo("402 1000000");
			assertThat(shop.challenge("/wide").extensions()).doesNotContainKey(BazaarDeclaration.EXTENSION);
		}
	}

	@Test
	void typesWithoutAnEndAreTold() throws Exception {
		try (RunningShop shop = new RunningShop(Application.class, "springdoc.api-docs.enabled=false")) {
			for (String path : new String[] { "/list", "/map", "/stream", "/self?sort=a", "/any" }) {
				assertThat(BazaarDeclaration.of(shop.challenge(path).extensions())).as(path).isPresent();
			}
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import(Api.class)
	static class Application {

	}

	@RestController
	@X402Price("0.10")
	static class Api {

		@GetMapping("/odd")
		@Operation(summary = "one\r\ntwo")
		Map<String, Odd> odd(@Parameter(description = "two\nlines ‮ \u0000\uD800" + LONGER) @RequestParam String name,
				@Parameter(example = "9223372036854775807") @RequestParam long id,
				@Parameter(example = "many") @RequestParam @Min(1) @Max(14) int days,
				@RequestParam @Pattern(regexp = "(a+)+$") String slow,
				@RequestParam @Pattern(regexp = "[0-9]{7}[A-Z]{9}") String none,
				@RequestParam @Size(min = 9, max = 3) String empty) {
			return Map.of();
		}

		@GetMapping("/wide")
		String wide(@RequestParam("a" + LONG) String a, @RequestParam("b" + LONG) String b,
				@RequestParam("c" + LONG) String c, @RequestParam("d" + LONG) String d,
				@RequestParam("e" + LONG) String e, @RequestParam("f" + LONG) String f,
				@RequestParam("g" + LONG) String g, @RequestParam("h" + LONG) String h) {
			return "goods";
		}

		@GetMapping("/list")
		Lists list() {
			return new Lists();
		}

		@GetMapping("/map")
		Maps map() {
			return new Maps();
		}

		@GetMapping("/stream")
		ResponseEntity<StreamingResponseBody> stream() {
			return ResponseEntity.ok((out) -> {
			});
		}

		@GetMapping("/self")
		<T extends Comparable<T>> List<Self<? extends Self<?>>> self(@RequestParam List<T> sort) {
			return List.of();
		}

		@GetMapping("/any")
		ResponseEntity<?> any(@RequestParam Map<String, String> all, Object model) {
			return ResponseEntity.ok().build();
		}

		@PostMapping("/body")
		Odd body(@RequestBody Odd body) {
			return body;
		}

	}

	static class Lists extends ArrayList<Lists> {

	}

	static class Maps extends HashMap<String, Maps> {

	}

	record Self<T extends Self<?>>(T self, List<Self<T>> more, Self<T>[] others) {
	}

	record Odd(@JsonProperty("__proto__") String prototype, @Schema(example = "{\"a\":") Map<String, Object> broken,
			@NotNull @JsonProperty("x\ny") String line) {
	}

}
