package io.github.x402sessions.adapter.mcp;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.fixtures.LocalServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * An MCP server over streamable HTTP that can break off where it answers a payment.
 */
final class RawToolServer implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	final ToolShop shop = new ToolShop();

	/** How many answers to payments get lost. */
	final AtomicInteger lost = new AtomicInteger();

	/** What answers to payments wait for. */
	volatile CountDownLatch answering = new CountDownLatch(0);

	/** The notifications that came, and the ids of requests. */
	final List<Map<?, ?>> messages = new CopyOnWriteArrayList<>();

	private final LocalServer server = new LocalServer(this::answer);

	URI uri() {
		return this.server.uri("/mcp");
	}

	private void answer(HttpExchange exchange) throws IOException {
		if (!exchange.getRequestMethod().equals("POST")) {
			LocalServer.answer(exchange, 405, "");
			return;
		}
		Map<?, ?> message = JSON.readValue(exchange.getRequestBody().readAllBytes(), Map.class);
		this.messages.add(message);
		Map<?, ?> params = (message.get("params") instanceof Map<?, ?> members) ? members : Map.of();
		switch (String.valueOf(message.get("method"))) {
			case "initialize" -> respond(exchange, message, Map.of("protocolVersion", params.get("protocolVersion"),
					"capabilities", Map.of("tools", Map.of()), "serverInfo", Map.of("name", "shop", "version", "1")));
			case "tools/list" -> respond(exchange, message,
					Map.of("tools",
							ToolShop.TOOLS.stream()
								.map((tool) -> Map.of("name", tool, "inputSchema", Map.of("type", "object"), "_meta",
										ToolShop.listing(tool)))
								.toList()));
			case "tools/call" -> call(exchange, message, params);
			default -> LocalServer.answer(exchange, 202, "");
		}
	}

	private void call(HttpExchange exchange, Map<?, ?> message, Map<?, ?> params) throws IOException {
		Map<?, ?> meta = (params.get("_meta") instanceof Map<?, ?> members) ? members : Map.of();
		Map<String, Object> result = this.shop.call((String) params.get("name"), (Map<?, ?>) params.get("arguments"),
				meta);
		if (meta.containsKey(PaymentMeta.PAYMENT)) {
			Eventually.opens(this.answering);
		}
		if (meta.containsKey(PaymentMeta.PAYMENT) && this.lost.getAndDecrement() > 0) {
			exchange.close();
		}
		else {
			respond(exchange, message, result);
		}
	}

	private static void respond(HttpExchange exchange, Map<?, ?> message, Object result) throws IOException {
		Map<String, Object> response = new LinkedHashMap<>();
		response.put("jsonrpc", "2.0");
		response.put("id", message.get("id"));
		response.put("result", result);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		LocalServer.answer(exchange, 200, JSON.writeValueAsString(response).getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void close() {
		this.server.close();
	}

}
