package io.github.x402sessions.facilitator.discovery.listing;

import java.util.Map;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpression;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The check of {@code info} by the schema that a stranger declared with it. Nothing is
 * fetched or read for it, and the stranger's expressions take no more steps than are
 * granted to the whole check.
 */
final class SchemaCheck {

	/** What all expressions together may take. */
	private static final long MOST_STEPS = 20_000_000;

	private static final String DRAFT = "https://json-schema.org/draft/2020-12/";

	private long steps = MOST_STEPS;

	private @Nullable String failure;

	private SchemaCheck() {
	}

	/**
	 * Require that something is as its schema says.
	 * @param info what is checked
	 * @param schema the schema
	 * @throws UnlistableException if it is not, or that cannot be told
	 */
	static void require(Map<String, @Nullable Object> info, Map<String, @Nullable Object> schema) {
		SchemaBounds.require(schema, info);
		SchemaCheck check = new SchemaCheck();
		boolean valid;
		try {
			valid = check.schema(schema).validate(json(info)).isEmpty();
		}
		catch (SchemaException | StackOverflowError ex) {
			throw new UnlistableException("schema cannot be used");
		}
		if (check.failure != null) {
			throw new UnlistableException(check.failure);
		}
		if (!valid) {
			throw new UnlistableException("info is not as schema says");
		}
	}

	private static JsonNode json(Map<String, @Nullable Object> value) {
		return WireJson.read(WireJson.write(value), JsonNode.class);
	}

	private Schema schema(Map<String, @Nullable Object> schema) {
		return SchemaRegistry
			.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
					(builder) -> builder.schemaCacheEnabled(false)
						.schemaLoader((loader) -> loader.fetchRemoteResources(false)
							.block((place) -> !place.toString().startsWith(DRAFT)))
						.schemaRegistryConfig(SchemaRegistryConfig.builder()
							.failFast(true)
							.regularExpressionFactory(this::expression)
							.build()))
			.getSchema(json(schema));
	}

	/**
	 * The library logs what an expression throws, with the stranger's expression: so none
	 * throws anything.
	 */
	private RegularExpression expression(String expression) {
		try {
			LinearPattern pattern = LinearPattern.of(expression);
			return (text) -> finds(pattern, text);
		}
		catch (UnlistableException ex) {
			this.failure = ex.reason();
			return (text) -> false;
		}
	}

	private boolean finds(LinearPattern pattern, String text) {
		this.steps -= pattern.steps(text);
		if (this.steps < 0) {
			this.failure = "schema has a pattern that takes too long";
		}
		return this.failure == null && pattern.finds(text);
	}

}
