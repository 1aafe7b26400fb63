package io.github.x402sessions.devnet.rpc;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The named parameters of a call: an object, or nothing.
 *
 * @param node the {@code params} of the request, if there were any
 */
record Params(@Nullable JsonNode node) {

	Params {
		if (node != null && !node.isNull() && !node.isObject()) {
			throw RpcException.invalidParams("params must be an object");
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
			throw RpcException.invalidParams(name + " must be a boolean");
		}
		return value.booleanValue();
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
			throw RpcException.invalidParams(name + " must be a string");
		}
		return value.stringValue();
	}

}
