package io.github.x402sessions.samples.agent.mcp;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.core.price.Asset;

/**
 * Arguments of a tool, as a model wrote them.
 *
 * @param values by name
 */
record Arguments(Map<String, Object> values) {

	/**
	 * Take those of a call.
	 * @throws RefusedException if there are others than the known ones
	 */
	static Arguments of(Map<String, Object> values, Set<String> known) {
		values.keySet().stream().filter((name) -> !known.contains(name)).findFirst().ifPresent((name) -> {
			throw invalid("there are arguments that this tool does not have; it has " + String.join(", ", known));
		});
		return new Arguments(values);
	}

	Optional<String> text(String name) {
		Object value = this.values.get(name);
		if (value == null) {
			return Optional.empty();
		}
		if (!(value instanceof String text)) {
			throw invalid(name + " has to be a string");
		}
		return Optional.of(text);
	}

	Optional<Integer> number(String name) {
		Object value = this.values.get(name);
		if (value == null) {
			return Optional.empty();
		}
		if (!(value instanceof Integer number)) {
			throw invalid(name + " has to be a whole number");
		}
		return Optional.of(number);
	}

	String required(String name) {
		return text(name).orElseThrow(() -> invalid(name + " is missing"));
	}

	Map<String, String> texts(String name) {
		Object value = this.values.get(name);
		if (value == null) {
			return Map.of();
		}
		if (!(value instanceof Map<?, ?> map)) {
			throw invalid(name + " has to be an object");
		}
		Map<String, String> texts = new LinkedHashMap<>();
		map.forEach((key, text) -> {
			if (!(text instanceof String string)) {
				throw invalid(name + " has to have strings only");
			}
			texts.put(String.valueOf(key), string);
		});
		return texts;
	}

	/** An amount of money in whole tokens, which is a string: numbers are not exact. */
	Optional<BigInteger> amount(String name, Asset asset) {
		return text(name).map((decimal) -> {
			try {
				return asset.toBaseUnits(decimal);
			}
			catch (IllegalArgumentException ex) {
				throw invalid(
						name + " has to be a decimal such as 0.05, with " + asset.decimals() + " decimals at most");
			}
		});
	}

	static RefusedException invalid(String message) {
		return new RefusedException(RefusalCode.INVALID_REQUEST, message);
	}

}
