package io.github.x402sessions.adapter.mcp;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.core.protocol.PaymentMeta;

/**
 * A payment as a member of a message, which transports write to their logs: only their
 * JSON shows it.
 */
final class HiddenPayment extends AbstractMap<String, Object> {

	private final Map<String, Object> json;

	private HiddenPayment(Map<String, Object> json) {
		this.json = json;
	}

	@SuppressWarnings("unchecked") // a JSON object has texts as its keys
	static HiddenPayment of(String payment) {
		return new HiddenPayment(PaymentMeta.decode(payment, Map.class, Integer.MAX_VALUE));
	}

	@Override
	public Set<Map.Entry<String, Object>> entrySet() {
		return this.json.entrySet();
	}

	@Override
	public String toString() {
		return "{…}";
	}

}
