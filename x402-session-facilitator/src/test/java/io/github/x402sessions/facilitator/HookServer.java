package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.sun.net.httpserver.HttpExchange;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.fixtures.LocalServer;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who is told of events. Takes down what arrives and answers as a test wants.
 * Thread-safe.
 */
final class HookServer implements AutoCloseable {

	/** Of the examples of Standard Webhooks. */
	static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	final List<Delivery> all = new CopyOnWriteArrayList<>();

	final List<Delivery> taken = new CopyOnWriteArrayList<>();

	/** Whether two deliveries of a session ever ran beside each other. */
	final AtomicBoolean mixed = new AtomicBoolean();

	volatile Answer answer = (delivery, exchange) -> 204;

	private final Map<String, Boolean> busy = new ConcurrentHashMap<>();

	private final LocalServer server = new LocalServer(this::hear);

	private void hear(HttpExchange exchange) throws IOException {
		Delivery delivery = new Delivery(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
				exchange.getRequestHeaders()
					.entrySet()
					.stream()
					.collect(Collectors.toMap((header) -> header.getKey().toLowerCase(),
							(header) -> header.getValue().get(0))),
				new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
		this.all.add(delivery);
		if (this.busy.putIfAbsent(delivery.subject(), true) != null) {
			this.mixed.set(true);
		}
		int status;
		try {
			status = this.answer.answer(delivery, exchange);
		}
		finally {
			this.busy.remove(delivery.subject());
		}
		if (status / 100 == 2) {
			this.taken.add(delivery);
		}
		if (status > 0) {
			LocalServer.answer(exchange, status, "");
		}
	}

	URI url() {
		return this.server.uri("/hook");
	}

	/** What a facilitator has to be told. */
	Map<String, String> properties(int number, String name) {
		String prefix = "facilitator.webhooks[" + number + "].";
		return Map.of(prefix + "name", name, prefix + "url", url().toString(), prefix + "secret", SECRET,
				prefix + "timeout", "1s", "facilitator.events.interval", "20ms", "facilitator.events.first-retry",
				"50ms", "facilitator.events.last-retry", "200ms");
	}

	/** What it knows of, as whoever takes each event once, by its name, sees it. */
	List<Delivery> known() {
		Set<String> ids = new HashSet<>();
		return this.taken.stream().filter((delivery) -> ids.add(delivery.id())).toList();
	}

	List<String> types() {
		return known().stream().map((delivery) -> delivery.json().at("/type").asString()).toList();
	}

	@Override
	public void close() {
		this.server.close();
	}

	/** Answers. */
	@FunctionalInterface
	interface Answer {

		/** Return the status, or 0 where the exchange is answered or never will be. */
		int answer(Delivery delivery, HttpExchange exchange) throws IOException;

	}

	/** Something that arrived. */
	record Delivery(String method, String path, Map<String, String> headers, String body) {

		JsonNode json() {
			return WireJson.read(this.body.getBytes(StandardCharsets.UTF_8), JsonNode.class);
		}

		String id() {
			return this.headers.get("webhook-id");
		}

		String subject() {
			JsonNode data = json().at("/data");
			String session = data.at("/settlement/handle").asString("") + data.at("/session/handle").asString("");
			return session.isEmpty() ? data.at("/settlement/payer").asString() : session;
		}

		/** By code that knows nothing of ours. */
		boolean isSignedBy(String secret) throws Exception {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
			byte[] signed = mac.doFinal((id() + "." + this.headers.get("webhook-timestamp") + "." + this.body)
				.getBytes(StandardCharsets.UTF_8));
			return ("v1," + Base64.getEncoder().encodeToString(signed)).equals(this.headers.get("webhook-signature"));
		}

	}

}
