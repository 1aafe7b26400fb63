package io.github.x402sessions.core.bazaar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The extension as it is read and written, and what a catalogue answers.
 */
class BazaarDeclarationTests {

	private static final Map<String, Object> INFO = Map.of("input", Map.of("type", "http", "method", "GET"));

	private static final Map<String, Object> SCHEMA = Map.of("type", "object");

	@Test
	void declarationIsReadAsItIsWritten() {
		BazaarDeclaration declared = new BazaarDeclaration(INFO, SCHEMA, "/users/:userId");
		assertThat(BazaarDeclaration.of(Map.of("bazaar", declared.members()))).contains(declared);
		BazaarDeclaration plain = new BazaarDeclaration(INFO, SCHEMA, null);
		assertThat(plain.members()).containsOnlyKeys("info", "schema");
		assertThat(BazaarDeclaration.of(Map.of("bazaar", plain.members()))).contains(plain);
	}

	@Test
	void whatIsNoneIsNotRead() {
		assertThat(BazaarDeclaration.of(null)).isEmpty();
		assertThat(BazaarDeclaration.of(Map.of())).isEmpty();
		for (Object odd : Arrays.asList(null, 7, "info", List.of(), Map.of(), Map.of("info", INFO),
				Map.of("info", INFO, "schema", true), Map.of("info", "GET", "schema", SCHEMA))) {
			Map<String, Object> extensions = new HashMap<>();
			extensions.put("bazaar", odd);
			assertThat(BazaarDeclaration.of(extensions)).as("%s", odd).isEmpty();
		}
	}

	@Test
	void oddTemplateIsLeftOut() {
		assertThat(BazaarDeclaration.of(Map.of("bazaar", Map.of("info", INFO, "schema", SCHEMA, "routeTemplate", 7))))
			.contains(new BazaarDeclaration(INFO, SCHEMA, null));
	}

	@Test
	void lastPageSaysThatThereIsNoOther() {
		SearchPage last = new SearchPage(2, List.of(), false, new SearchPage.Next(20, null));
		String json = new String(WireJson.write(last), StandardCharsets.UTF_8);
		assertThat(json).contains("\"pagination\":{\"limit\":20,\"cursor\":null}");
		assertThat(WireJson.read(json.getBytes(StandardCharsets.UTF_8), SearchPage.class)).isEqualTo(last);
	}

	@Test
	void pageOfAnotherFacilitatorIsRead() {
		String json = """
				{"x402Version": 2, "items": [{"resource": "https://a.example/", "type": "http", "x402Version": 2,
				"accepts": [{"scheme": "exact", "network": "eip155:8453", "amount": "1", "asset": "0x0", "payTo": "0x1",
				"maxTimeoutSeconds": 60}], "lastUpdated": "2026-11-29T00:00:00Z", "quality": {"calls": 7}}],
				"pagination": {"limit": 1, "offset": 0, "total": 1}}""";
		DiscoveryPage page = WireJson.read(json.getBytes(StandardCharsets.UTF_8), DiscoveryPage.class);
		assertThat(page.items()).singleElement().satisfies((entry) -> {
			assertThat(entry.accepts()).hasSize(1);
			assertThat(entry.declaration()).isEmpty();
		});
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(
					() -> WireJson.read("{\"x402Version\": 2}".getBytes(StandardCharsets.UTF_8), DiscoveryPage.class))
			.withMessage("'items' is missing");
	}

}
