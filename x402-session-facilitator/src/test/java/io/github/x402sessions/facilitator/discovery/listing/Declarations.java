package io.github.x402sessions.facilitator.discovery.listing;

import java.nio.charset.StandardCharsets;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.WireJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Payments that declare something. What a test changes is named by JSON pointers.
 */
public final class Declarations {

	public static final String SELLER = "GBRPYHIL2CI3FNQ4BXLFMNDLFJUNPU2HY3ZMFSHONUCEOASW7QC7OX2H";

	private static final String HTTP = """
			{"x402Version": 2, "paymentPayload": {"x402Version": 2, "resource": {"url": "https://weather.example/v1/forecast?city=Oslo",
			"description": "Forecast of the weather for a city", "mimeType": "application/json", "serviceName": "Example Weather",
			"tags": ["weather", "forecast"], "iconUrl": "https://weather.example/icon.png"},
			"accepted": %1$s, "payload": {"sessionId": "secret-session"}, "extensions": {"bazaar": {
			"info": {"input": {"type": "http", "method": "GET", "queryParams": {"city": "Oslo"}},
			"output": {"type": "json", "example": {"temperature": -4}}},
			"schema": {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {
			"input": {"type": "object", "properties": {"type": {"type": "string", "const": "http"}, "method": {"type": "string", "enum": ["GET"]},
			"queryParams": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}, "pathParams": {"type": "object"}},
			"required": ["type", "method"]}, "output": {"type": "object"}}, "required": ["input"]}}}},
			"paymentRequirements": %1$s}""";

	private static final String TERMS = """
			{"scheme": "session", "network": "stellar:testnet", "amount": "100000", "asset": "CUSDC", "payTo": "%s",
			"maxTimeoutSeconds": 60, "extra": {"spender": "GSPENDER"}}""".formatted(SELLER);

	private static final String TOOL = """
			{"info": {"input": {"type": "mcp", "toolName": "financial_analysis", "description": "Analyses a stock",
			"inputSchema": {"type": "object", "properties": {"ticker": {"type": "string"}}}, "example": {"ticker": "AAPL"}}},
			"schema": {"type": "object", "properties": {"input": {"type": "object", "properties": {"type": {"const": "mcp"}},
			"required": ["type", "toolName", "inputSchema"]}}, "required": ["input"]}}""";

	private final ObjectNode payment;

	private Declarations() {
		this.payment = (ObjectNode) json(HTTP.formatted(TERMS));
	}

	/** A weather forecast, which is right in all respects. */
	public static Declarations http() {
		return new Declarations();
	}

	/** A tool, the same. */
	public static Declarations tool() {
		return new Declarations().with("/paymentPayload/extensions/bazaar", TOOL)
			.with("/paymentPayload/resource", "{\"url\": \"https://tools.example/mcp\"}");
	}

	/** Change a member of {@code resource}. */
	public Declarations resource(String member, String json) {
		return with("/paymentPayload/resource/" + member, json);
	}

	/** Change something of the declaration. */
	public Declarations bazaar(String pointer, String json) {
		return with("/paymentPayload/extensions/bazaar" + pointer, json);
	}

	/** Change both the terms that are asked for and those that were accepted. */
	public Declarations terms(String member, String json) {
		return with("/paymentPayload/accepted/" + member, json).with("/paymentRequirements/" + member, json);
	}

	public Declarations with(String pointer, String json) {
		int last = pointer.lastIndexOf('/');
		ObjectNode parent = (ObjectNode) this.payment.at(pointer.substring(0, last));
		parent.set(pointer.substring(last + 1).replace("~1", "/"), json(json));
		return this;
	}

	public Declarations without(String pointer) {
		int last = pointer.lastIndexOf('/');
		((ObjectNode) this.payment.at(pointer.substring(0, last))).remove(pointer.substring(last + 1));
		return this;
	}

	public FacilitatorRequest payment() {
		return WireJson.read(WireJson.write(this.payment), FacilitatorRequest.class);
	}

	private static JsonNode json(String text) {
		return WireJson.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
	}

}
