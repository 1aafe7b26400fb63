package io.github.x402sessions.devnet.rpc;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The named parameters of a call: an object, or none.
 *
 * @param node the {@code params} of the request, if there were any
 */
record Params(@Nullable JsonNode node) {

	Params {
		if (node != null && !node.isNull() && !node.isObject()) {
			throw JsonRpcException.invalidParams("params must be an object");
		}
	}

	/** A text, or an empty one if it is missing. */
	String text(String name) {
		JsonNode value = (this.node != null) ? this.node.get(name) : null;
		if (value == null || value.isNull()) {
			return "";
		}
		return text(name, value);
	}

	/** Whether something is asked for; it is not if it is missing. */
	boolean flag(String name) {
		JsonNode value = (this.node != null) ? this.node.get(name) : null;
		if (value == null || value.isNull()) {
			return false;
		}
		if (!value.isBoolean()) {
			throw JsonRpcException.invalidParams(name + " must be a boolean");
		}
		return value.booleanValue();
	}

	/** A whole number that is not negative; 0 if it is missing. */
	long number(String name) {
		JsonNode value = (this.node != null) ? this.node.get(name) : null;
		if (value == null || value.isNull()) {
			return 0;
		}
		if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
			throw JsonRpcException.invalidParams(name + " must be a whole number");
		}
		return value.longValue();
	}

	/** The members of an object, none if it is missing. */
	Params object(String name) {
		return new Params((this.node != null) ? this.node.get(name) : null);
	}

	List<Params> objects(String name) {
		List<Params> objects = new ArrayList<>();
		array(name).forEach((value) -> objects.add(new Params(value)));
		return objects;
	}

	/** Lists of texts in a list. */
	List<List<String>> lists(String name) {
		List<List<String>> lists = new ArrayList<>();
		for (JsonNode list : array(name)) {
			List<String> texts = new ArrayList<>();
			list.forEach((value) -> texts.add(text(name, value)));
			lists.add(texts);
		}
		return lists;
	}

	private Iterable<JsonNode> array(String name) {
		JsonNode values = (this.node != null) ? this.node.get(name) : null;
		if (values == null || values.isNull()) {
			return List.of();
		}
		if (!values.isArray()) {
			throw JsonRpcException.invalidParams(name + " must be an array");
		}
		return values;
	}

	/** Only base64 is spoken here. */
	void requireBase64() {
		String format = text("xdrFormat");
		if (!format.isEmpty() && !format.equals("base64")) {
			throw JsonRpcException.invalidParams(
					"expected xdrFormat to be '' or 'base64', got '" + format + "'; 'json' is not spoken here");
		}
	}

	List<String> texts(String name) {
		JsonNode values = (this.node != null) ? this.node.get(name) : null;
		List<String> texts = new ArrayList<>();
		if (values != null && values.isArray()) {
			values.forEach((value) -> texts.add(text(name, value)));
		}
		return texts;
	}

	private static String text(String name, JsonNode value) {
		if (!value.isString()) {
			throw JsonRpcException.invalidParams(name + " must be a string");
		}
		return value.stringValue();
	}

}
