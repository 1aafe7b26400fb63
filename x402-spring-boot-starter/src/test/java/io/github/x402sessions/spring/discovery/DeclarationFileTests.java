package io.github.x402sessions.spring.discovery;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.RunningShop;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What catalogues are told of routes that are priced by their path.
 */
class DeclarationFileTests {

	private static final String DECLARATION = """
			{"info":{"input":{"type":"http","method":"GET","queryParams":{"city":"Oslo"}}},
			"schema":{"type":"object","properties":{"input":{"type":"object","required":["type"],
			"properties":{"method":{"type":"string","enum":["GET"]}}}}}}""";

	@TempDir
	private Path folder;

	@Test
	void aRouteIsToldOfByItsFileAndOthersAreNot() throws Exception {
		try (RunningShop shop = start(DECLARATION, "x402.routes[1].path=/**", "x402.routes[1].price=0.02")) {
			BazaarDeclaration told = BazaarDeclaration.of(shop.challenge("/weather").extensions()).orElseThrow();
			assertThat(told.info()).containsOnlyKeys("input");
			assertThat(shop.challenge("/else").extensions()).doesNotContainKey(BazaarDeclaration.EXTENSION);
			assertThat(shop.send("/.well-known/x402").statusCode()).isEqualTo(200);
			JsonNode list = new JsonMapper().readTree(shop.send("/.well-known/x402").body());
			assertThat(list.at("/items/0/extensions/bazaar/info/input/queryParams/city").asString()).isEqualTo("Oslo");
			assertThat(list.at("/items/1/accepts/0/amount").asString()).isEqualTo("200000");
		}
	}

	@Test
	void theListIsSentOnceToWhoKeepsIt() throws Exception {
		try (RunningShop shop = start(DECLARATION)) {
			String tag = shop.send("/.well-known/x402").headers().firstValue("ETag").orElseThrow();
			assertThat(shop.send("/.well-known/x402", "If-None-Match", tag).statusCode()).isEqualTo(304);
			assertThat(shop.send("/.well-known/x402").headers().firstValue("Cache-Control"))
				.hasValue("private, max-age=300");
			assertThat(shop.method("HEAD", "/.well-known/x402").headers().firstValue("ETag")).hasValue(tag);
			assertThat(shop.method("POST", "/.well-known/x402").statusCode()).isGreaterThanOrEqualTo(400);
		}
	}

	@Test
	void aFixedUrlIsTheOneInTheList() throws Exception {
		try (RunningShop shop = start(DECLARATION, "x402.public-base-url=https://shop.example/base/",
				"server.servlet.context-path=/app")) {
			assertThat(shop.send("/app/.well-known/x402", "X-Forwarded-Host", "evil.example").body())
				.contains("\"https://shop.example/base/app/weather\"")
				.doesNotContain("evil");
		}
	}

	@Test
	void theListCanBeSwitchedOff() throws Exception {
		try (RunningShop shop = start(DECLARATION, "x402.discovery.well-known=false")) {
			assertThat(shop.send("/.well-known/x402").statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "[]|not a JSON object",
			"{\"info\":{}}|no 'info' and 'schema'",
			"{\"info\":{\"input\":{\"type\":\"mcp\"}},\"schema\":{}}|not the type 'http'",
			"{\"info\":{\"input\":{\"type\":\"http\",\"method\":\"GET\"}},\"schema\":{\"properties\":{\"input\":{\"$ref\":\"file:///etc/passwd\"}}}}|outside",
			"{\"info\":{\"input\":{\"type\":\"http\",\"method\":\"GET\"}},\"schema\":{\"required\":[\"output\"]}}|does not fit" })
	void aFileThatIsNoneStopsTheStart(String content, String why) {
		ThrowingCallable start = () -> start(content).close();
		assertThatThrownBy(start).rootCause()
			.isInstanceOf(InvalidX402ConfigurationException.class)
			.hasMessageContaining("x402.routes[0].declaration")
			.hasMessageContaining(why);
	}

	private RunningShop start(String content, String... properties) throws Exception {
		Path file = Files.writeString(this.folder.resolve("weather.json"), content);
		String[] all = new String[properties.length + 3];
		all[0] = "x402.routes[0].path=/weather";
		all[1] = "x402.routes[0].price=0.01";
		all[2] = "x402.routes[0].declaration=" + file.toUri();
		System.arraycopy(properties, 0, all, 3, properties.length);
		return new RunningShop(Application.class, all);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	static class Application {

	}

}
