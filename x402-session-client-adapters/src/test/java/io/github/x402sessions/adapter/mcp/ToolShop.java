package io.github.x402sessions.adapter.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a server of tools does, by the name of the tool; most cost 10 base units and
 * answer by the examples of the specification. Takes down all that it is asked.
 */
final class ToolShop {

	static final List<String> TOOLS = List.of("free", "quote", "text", "dear", "stranger", "again", "stubborn", "gift",
			"greedy", "broken", "silent", "huge", "deep", "moved", "raised", "old", "reader");

	private static final int TOO_LONG = 200 * 1024;

	final List<Call> calls = new CopyOnWriteArrayList<>();

	/** Where it says that its tools are. */
	volatile String resource = "mcp://tool/";

	/** Whether it says that it knows identifiers. */
	volatile boolean honouringIdentifiers = true;

	/** What it answers, as JSON. */
	Map<String, Object> call(String tool, Map<?, ?> arguments, Map<?, ?> meta) {
		Call call = new Call(tool, arguments, meta);
		this.calls.add(call);
		PaymentPayload payment = call.payment();
		return switch (tool) {
			case "free" -> result("for nothing");
			case "gift" -> {
				Map<String, Object> gift = refusal(tool, null, "10", "GSHOP");
				gift.remove("isError");
				yield gift;
			}
			case "text" -> {
				Map<String, Object> result = (payment != null) ? paid("10") : refusal(tool, null, "10", "GSHOP");
				result.remove("structuredContent");
				yield result;
			}
			case "dear" -> refusal(tool, null, "101", "GSHOP");
			case "stranger" -> refusal(tool, null, "10", "GSTRANGER");
			case "again" -> refusal(tool, (payment != null) ? "cap_exceeded" : null, "10", "GSHOP");
			case "stubborn" -> refusal(tool, (payment != null) ? "resource_mismatch" : null, "10", "GSHOP");
			case "raised" -> (payment != null) ? paid("60") : refusal(tool, null, "60", "GSHOP");
			case "moved" ->
				(paidCalls() == 1) ? refusal(tool, "resource_mismatch", "10", "GSHOP") : sold(tool, payment);
			case "greedy" -> (payment != null) ? paid("11") : refusal(tool, null, "10", "GSHOP");
			case "broken" -> (payment != null) ? error("it broke") : refusal(tool, null, "10", "GSHOP");
			case "silent" -> (payment != null) ? result("goods") : refusal(tool, null, "10", "GSHOP");
			case "huge" -> {
				Map<String, Object> huge = refusal(tool, null, "10", "GSHOP");
				huge.put("structuredContent", with(huge.get("structuredContent"), "x".repeat(TOO_LONG)));
				yield huge;
			}
			case "deep" -> {
				Map<String, Object> deep = refusal(tool, null, "10", "GSHOP");
				deep.put("structuredContent", with(deep.get("structuredContent"), nested()));
				yield deep;
			}
			case "reader" -> {
				Map<String, Object> page = refusal(tool, null, "10", "GSHOP");
				page.put("structuredContent", Map.of("status", 402));
				yield page;
			}
			case "old" -> {
				Map<String, Object> old = refusal(tool, null, "10", "GSHOP");
				Map<String, Object> first = with(old.get("structuredContent"), "x");
				first.put("x402Version", 1);
				old.put("structuredContent", first);
				yield old;
			}
			default -> sold(tool, payment);
		};
	}

	private Map<String, Object> sold(String tool, @Nullable PaymentPayload payment) {
		return (payment != null) ? paid("10") : refusal(tool, null, "10", "GSHOP");
	}

	private long paidCalls() {
		return this.calls.stream().filter((call) -> call.payment() != null).count();
	}

	/** What its list says of a tool beside the name. */
	static Map<String, Object> listing(String tool) {
		return switch (tool) {
			case "raised" -> Map.of("x402/payment-required", json(terms(tool, null, "50", "GSHOP", "mcp://tool/")));
			case "quote" -> Map.of("x402/payment-required", json(terms(tool, null, "10", "GSHOP", "mcp://tool/")));
			default -> Map.of();
		};
	}

	Map<String, Object> refusal(String tool, @Nullable String error, String amount, String payTo) {
		PaymentRequired asked = terms(tool, error, amount, payTo, this.resource);
		if (this.honouringIdentifiers) {
			asked = asked.withExtension("payment-identifier", Map.of("info", Map.of("required", false)));
		}
		Map<String, Object> refusal = error(PaymentMeta.encode(asked));
		refusal.put("structuredContent", json(asked));
		return refusal;
	}

	private static PaymentRequired terms(String tool, @Nullable String error, String amount, String payTo,
			String resource) {
		String url = resource.endsWith("/") ? resource + tool : resource;
		return PaymentRequired.of(error, new ResourceInfo(url, null, null),
				List.of(new PaymentRequirements("session", "stellar:testnet", amount, "CUSDC", payTo, 60, Map.of())));
	}

	static Map<String, Object> paid(String amount) {
		Map<String, Object> result = result("goods");
		result.put("_meta", Map.of(PaymentMeta.RESPONSE,
				Map.of("success", true, "transaction", "hash", "network", "stellar:testnet", "amount", amount)));
		return result;
	}

	private static Map<String, Object> error(String text) {
		Map<String, Object> error = result(text);
		error.put("isError", true);
		return error;
	}

	private static Map<String, Object> result(String text) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("content", new ArrayList<>(List.of(Map.of("type", "text", "text", text))));
		return result;
	}

	private static Object nested() {
		Object nested = "x";
		for (int i = 0; i < 200; i++) {
			nested = List.of(nested);
		}
		return nested;
	}

	@SuppressWarnings("unchecked") // a JSON object
	private static Map<String, Object> with(Object json, Object more) {
		Map<String, Object> changed = new LinkedHashMap<>((Map<String, Object>) json);
		changed.put("more", more);
		return changed;
	}

	@SuppressWarnings("unchecked") // a JSON object
	private static Map<String, Object> json(Object message) {
		return PaymentMeta.decode(PaymentMeta.encode(message), Map.class, TOO_LONG);
	}

	/**
	 * A call that came.
	 *
	 * @param tool the tool
	 * @param arguments what it was called with
	 * @param meta what came beside
	 */
	record Call(String tool, Map<?, ?> arguments, Map<?, ?> meta) {

		@Nullable PaymentPayload payment() {
			Object payment = this.meta.get(PaymentMeta.PAYMENT);
			return (payment != null) ? PaymentMeta.decode(PaymentMeta.encode(payment), PaymentPayload.class, TOO_LONG)
					: null;
		}

	}

}
