package io.github.x402sessions.core.offer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * The extension {@link OfferReceipt} as a server writes it, with the schema of what it
 * says.
 */
final class WrittenExtension {

	private static final Map<String, @Nullable Object> TEXT = Map.of("type", "string");

	private static final Map<String, @Nullable Object> SIGNED = object(
			Map.of("format", new TreeMap<>(Map.of("const", OfferReceipt.JWS, "type", "string")), "signature", TEXT),
			"format", "signature");

	private static final Map<String, @Nullable Object> SIGNED_WITH_INDEX = object(
			Map.of("acceptIndex", Map.of("type", "integer"), "format",
					new TreeMap<>(Map.of("const", OfferReceipt.JWS, "type", "string")), "signature", TEXT),
			"format", "signature");

	private static final Map<String, @Nullable Object> OFFERS_SCHEMA = schema("offers",
			new TreeMap<>(Map.of("type", "array", "items", SIGNED_WITH_INDEX)));

	private static final Map<String, @Nullable Object> RECEIPT_SCHEMA = schema("receipt", SIGNED);

	private WrittenExtension() {
	}

	private static Map<String, @Nullable Object> object(Map<String, ?> properties, String... required) {
		return new TreeMap<>(
				Map.of("type", "object", "properties", new TreeMap<>(properties), "required", List.of(required)));
	}

	private static Map<String, @Nullable Object> schema(String member, Map<String, @Nullable Object> type) {
		Map<String, @Nullable Object> schema = object(Map.of(member, type), member);
		schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
		return schema;
	}

	/** What a challenge has. */
	static Map<String, @Nullable Object> ofOffers(List<SignedOffer> offers) {
		return extension("offers", offers.stream().map(WrittenExtension::json).toList(), OFFERS_SCHEMA);
	}

	/** What a receipt has. */
	static Map<String, @Nullable Object> ofReceipt(SignedReceipt receipt) {
		return extension("receipt", json(receipt), RECEIPT_SCHEMA);
	}

	private static Map<String, @Nullable Object> extension(String member, Object info,
			Map<String, @Nullable Object> schema) {
		return new TreeMap<>(Map.of("info", Map.of(member, info), "schema", schema));
	}

	private static Map<?, ?> json(Object signed) {
		return WireJson.read(WireJson.write(signed), Map.class);
	}

}
