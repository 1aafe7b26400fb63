package io.github.x402sessions.facilitator.discovery.listing;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The bounds of a stranger's schema before anything is checked by it: references stay
 * within it and make no circle, and it is no larger with all of them put in place than
 * can be checked in a moment.
 */
final class SchemaBounds {

	private static final int DEEPEST = 16;

	/** Subschemas with all references in place, times the values that are checked. */
	private static final long MOST_CHECKS = 500_000;

	private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

	/** Keywords that refer to something by other means than a place in the schema. */
	private static final Set<String> NAMED = Set.of("$dynamicRef", "$recursiveRef", "$anchor", "$dynamicAnchor",
			"$recursiveAnchor", "$vocabulary");

	private final Map<String, @Nullable Object> schema;

	private final IdentityHashMap<Object, Long> sizes = new IdentityHashMap<>();

	private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

	private SchemaBounds(Map<String, @Nullable Object> schema) {
		this.schema = schema;
	}

	/**
	 * Require that a schema is within bounds.
	 * @param schema the schema
	 * @param info what it is to check
	 * @throws UnlistableException if it is not
	 */
	static void require(Map<String, @Nullable Object> schema, Map<String, @Nullable Object> info) {
		SchemaBounds bounds = new SchemaBounds(schema);
		long values = size(info, 0);
		size(schema, 0);
		if (bounds.expanded(schema) * values > MOST_CHECKS) {
			throw tooLarge();
		}
	}

	private static UnlistableException tooLarge() {
		return new UnlistableException("schema and info are too large to be checked");
	}

	/** Return how many values there are. */
	private static long size(@Nullable Object value, int depth) {
		if (depth > DEEPEST) {
			throw new UnlistableException("schema or info is nested too deeply");
		}
		long size = 1;
		for (Object child : children(value)) {
			size += size(child, depth + 1);
		}
		return size;
	}

	private static Iterable<?> children(@Nullable Object value) {
		return (value instanceof Map<?, ?> map) ? map.values() : (value instanceof List<?> list) ? list : List.of();
	}

	private long expanded(@Nullable Object value) {
		if (value == null) {
			return 1;
		}
		Long known = this.sizes.get(value);
		if (known != null) {
			return known;
		}
		if (value instanceof Map<?, ?> || value instanceof List<?>) {
			if (!this.open.add(value)) {
				throw new UnlistableException("schema refers to itself");
			}
			long size = 1 + ((value instanceof Map<?, ?> map) ? keywords(map) : 0);
			for (Object child : children(value)) {
				size = Math.min(size + expanded(child), MOST_CHECKS + 1);
			}
			this.open.remove(value);
			this.sizes.put(value, size);
			return size;
		}
		return 1;
	}

	/** Return what the references of a subschema add to it. */
	private long keywords(Map<?, ?> schema) {
		for (Object name : schema.keySet()) {
			if (name instanceof String text && NAMED.contains(text)
					&& !(text.equals("$anchor") && schema.get(name) instanceof Map<?, ?>)) {
				throw new UnlistableException("schema has references other than to a place in itself");
			}
		}
		requireDraft(schema.get("$schema"));
		if (schema.get("$id") instanceof String id && !id.startsWith("#")) {
			throw new UnlistableException("schema has an $id that is not its own");
		}
		return (schema.get("$ref") instanceof String reference) ? expanded(target(reference)) : 0;
	}

	private static void requireDraft(@Nullable Object draft) {
		if (draft instanceof String text && !text.equals(DRAFT) && !text.equals(DRAFT + "#")) {
			throw new UnlistableException("schema is not of JSON Schema 2020-12");
		}
	}

	private Object target(String reference) {
		if (!reference.equals("#") && !reference.startsWith("#/")) {
			throw new UnlistableException("schema refers to something outside of it");
		}
		Object target = this.schema;
		for (String step : steps(reference)) {
			target = (target instanceof Map<?, ?> map) ? map.get(step)
					: (target instanceof List<?> list) ? element(list, step) : null;
			if (target == null) {
				throw new UnlistableException("schema refers to a place that it does not have");
			}
		}
		return target;
	}

	private static Deque<String> steps(String reference) {
		Deque<String> steps = new ArrayDeque<>();
		if (reference.contains("%")) {
			throw new UnlistableException("schema has a reference that is encoded");
		}
		if (reference.length() > 1) {
			for (String step : reference.substring(2).split("/", -1)) {
				steps.add(step.replace("~1", "/").replace("~0", "~"));
			}
		}
		return steps;
	}

	private static @Nullable Object element(List<?> list, String step) {
		try {
			int index = Integer.parseInt(step);
			return (index >= 0 && index < list.size()) ? list.get(index) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
