package io.github.x402sessions.adapter.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.modelcontextprotocol.spec.McpSchema;
import org.jspecify.annotations.Nullable;

/**
 * The prices that a server's list of tools gives, of the tools that were listed last: who
 * chose a tool by them pays no more. Thread-safe.
 */
final class ListedPrices {

	private static final int MAX_SIZE = 1024;

	private static final int MAX_LENGTH = 64 * 1024;

	/** By the tool's name; guarded by this map. */
	private final Map<String, List<PaymentRequirements>> prices = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, List<PaymentRequirements>> eldest) {
			return size() > MAX_SIZE;
		}

	};

	/** Take in what a server sends, if that is a list of tools. */
	void hear(McpSchema.JSONRPCMessage message) {
		if (message instanceof McpSchema.JSONRPCResponse response && response.result() instanceof Map<?, ?> result
				&& result.get("tools") instanceof List<?> tools) {
			tools.forEach(this::list);
		}
	}

	private void list(@Nullable Object tool) {
		if (tool instanceof Map<?, ?> listed && listed.get("name") instanceof String name) {
			List<PaymentRequirements> price = terms(listed).map(PaymentRequired::accepts).orElse(List.of());
			synchronized (this.prices) {
				this.prices.put(name, price);
			}
		}
	}

	private static Optional<PaymentRequired> terms(Map<?, ?> tool) {
		if (!(tool.get("_meta") instanceof Map<?, ?> meta)
				|| !(meta.get(PaymentMeta.PRICE) instanceof Map<?, ?> terms)) {
			return Optional.empty();
		}
		try {
			return Optional.of(PaymentMeta.decode(PaymentMeta.encode(terms), PaymentRequired.class, MAX_LENGTH));
		}
		catch (RuntimeException ex) {
			// Not written as such terms are, or nested too deep to be written at all.
			return Optional.empty();
		}
	}

	/** The ways to pay that a tool was listed with; none where it was listed without. */
	List<PaymentRequirements> of(String tool) {
		synchronized (this.prices) {
			return this.prices.getOrDefault(tool, List.of());
		}
	}

}
