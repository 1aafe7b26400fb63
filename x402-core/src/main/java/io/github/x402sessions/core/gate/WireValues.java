package io.github.x402sessions.core.gate;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Values of {@code extra} as they are on the wire, where a client may write a number in
 * another way and leave out what is {@code null}.
 */
final class WireValues {

	private WireValues() {
	}

	/** Whether one map has all members of another; more are fine. */
	static boolean hasAll(Map<String, @Nullable Object> theirs, Map<String, @Nullable Object> ours) {
		return ours.entrySet().stream().allMatch((entry) -> same(entry.getValue(), theirs.get(entry.getKey())));
	}

	/** Whether two values are the same on the wire. */
	static boolean same(@Nullable Object ours, @Nullable Object theirs) {
		if (ours instanceof Number one && theirs instanceof Number other) {
			return sameNumber(one, other);
		}
		if (ours instanceof List<?> one && theirs instanceof List<?> other) {
			return sameList(one, other);
		}
		if (ours instanceof Map<?, ?> one && theirs instanceof Map<?, ?> other) {
			return sameMap(members(one), members(other));
		}
		return Objects.equals(ours, theirs)
				|| (isForeign(ours) && same(WireJson.asRead(Map.of("value", ours), "extra").get("value"), theirs));
	}

	/** A facilitator within this process may name values that JSON does not have. */
	private static boolean isForeign(@Nullable Object value) {
		return value != null && !(value instanceof String) && !(value instanceof Boolean) && !(value instanceof Number)
				&& !(value instanceof List) && !(value instanceof Map);
	}

	private static boolean sameNumber(Number one, Number other) {
		try {
			return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
		}
		catch (NumberFormatException ex) {
			return one.equals(other);
		}
	}

	private static boolean sameList(List<?> one, List<?> other) {
		if (one.size() != other.size()) {
			return false;
		}
		for (int i = 0; i < one.size(); i++) {
			if (!same(one.get(i), other.get(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean sameMap(Map<?, ?> one, Map<?, ?> other) {
		return one.keySet().equals(other.keySet())
				&& one.entrySet().stream().allMatch((entry) -> same(entry.getValue(), other.get(entry.getKey())));
	}

	private static Map<?, ?> members(Map<?, ?> map) {
		Map<Object, @Nullable Object> members = new LinkedHashMap<>();
		map.forEach((name, value) -> {
			if (value != null) {
				members.put(name, value);
			}
		});
		return members;
	}

}
