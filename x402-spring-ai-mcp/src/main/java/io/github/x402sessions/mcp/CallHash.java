package io.github.x402sessions.mcp;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Tells a repeated call from another one: a SHA-256 hash of the tool, its arguments in
 * whatever order, and the terms of the payment as far as they say what is paid.
 */
final class CallHash {

	private CallHash() {
	}

	static String of(ToolCall call, PaymentRequirements accepted) {
		MessageDigest digest = Sha256.begin();
		for (String part : new String[] { accepted.amount(), accepted.asset(), accepted.payTo(), call.name() }) {
			Sha256.add(digest, part);
		}
		Object arguments = sorted(call.arguments());
		digest.update(WireJson.write((arguments != null) ? arguments : Map.of()));
		return HexFormat.of().formatHex(digest.digest());
	}

	private static @Nullable Object sorted(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> sorted = new TreeMap<>();
			map.forEach((key, member) -> sorted.put(String.valueOf(key), present(member)));
			return sorted;
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> sorted = new ArrayList<>();
			list.forEach((element) -> sorted.add(sorted(element)));
			return sorted;
		}
		return value;
	}

	/** What is null would be left out, as if it had not been sent. */
	private static List<Object> present(@Nullable Object member) {
		Object sorted = sorted(member);
		return (sorted != null) ? List.of(sorted) : List.of();
	}

}
