package io.github.x402sessions.client.payment.jdk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;
import io.github.x402sessions.client.payment.Payers;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.fixtures.LocalServer;

/**
 * A server that asks for money and writes down every body that it got whole, and whether
 * it was paid for.
 */
public final class BodyShop implements AutoCloseable {

	private final CountDownLatch closing = new CountDownLatch(1);

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	private final LocalServer server = new LocalServer(this::answer);

	private final boolean stalling;

	/** A stalling one never finishes the body of its 402. */
	BodyShop(boolean stalling) {
		this.stalling = stalling;
	}

	private void answer(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		boolean paid = exchange.getRequestHeaders().containsKey(PaymentHeader.SIGNATURE);
		this.bodies.add((paid ? "paid:" : "free:") + ((body.length() > 100) ? body.length() : body));
		if (paid) {
			LocalServer.answer(exchange, 200, "tea");
			return;
		}
		exchange.getResponseHeaders().add(PaymentHeader.REQUIRED, challenge());
		exchange.sendResponseHeaders(402, this.stalling ? 100 : -1);
		if (this.stalling) {
			exchange.getResponseBody().write('{');
			exchange.getResponseBody().flush();
			Eventually.opens(this.closing);
		}
		exchange.close();
	}

	public static String challenge() {
		PaymentRequirements asked = new PaymentRequirements("session", "stellar:testnet", "100", "CUSDC", "GSHOP", 60,
				Map.of());
		return PaymentHeader
			.encode(PaymentRequired.of(null, new ResourceInfo("http://shop/", null, null), List.of(asked)));
	}

	HttpClient client() {
		return new Payers().at(uri().toString()).httpClient();
	}

	List<String> bodies() {
		return this.bodies;
	}

	URI uri() {
		return this.server.uri("/");
	}

	@Override
	public void close() {
		this.closing.countDown();
		this.server.close();
	}

}
