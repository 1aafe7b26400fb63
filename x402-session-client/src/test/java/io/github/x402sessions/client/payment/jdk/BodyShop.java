package io.github.x402sessions.client.payment.jdk;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.x402sessions.client.payment.Payers;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;

/**
 * A server that asks for money and writes down every body that it got whole, and whether
 * it was paid for.
 */
public final class BodyShop implements AutoCloseable {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch closing = new CountDownLatch(1);

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	private final boolean stalling;

	/** A stalling one never finishes the body of its 402. */
	BodyShop(boolean stalling) throws IOException {
		this.stalling = stalling;
		this.server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		boolean paid = exchange.getRequestHeaders().containsKey(PaymentHeader.SIGNATURE);
		this.bodies.add((paid ? "paid:" : "free:") + ((body.length() > 100) ? body.length() : body));
		if (paid) {
			exchange.sendResponseHeaders(200, 3);
			exchange.getResponseBody().write("tea".getBytes(StandardCharsets.UTF_8));
			exchange.close();
			return;
		}
		exchange.getResponseHeaders().add(PaymentHeader.REQUIRED, challenge());
		exchange.sendResponseHeaders(402, this.stalling ? 100 : -1);
		if (this.stalling) {
			exchange.getResponseBody().write('{');
			exchange.getResponseBody().flush();
			awaitClosing();
		}
		exchange.close();
	}

	private void awaitClosing() {
		try {
			this.closing.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
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
		return URI.create("http://localhost:" + this.server.getAddress().getPort() + "/");
	}

	@Override
	public void close() {
		this.closing.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
