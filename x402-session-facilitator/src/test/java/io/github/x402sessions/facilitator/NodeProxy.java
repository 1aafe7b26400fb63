package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import io.github.x402sessions.fixtures.LocalServer;

/**
 * Stands before a node and makes it slow, forgetful or wrong.
 */
final class NodeProxy implements AutoCloseable {

	private static final Pattern METHOD = Pattern.compile("\"method\":\"(\\w+)\"");

	final Collection<String> calls = new ConcurrentLinkedQueue<>();

	final Deque<byte[]> held = new ConcurrentLinkedDeque<>();

	/** Runs before a method is passed on. */
	volatile Consumer<String> before = (method) -> {
	};

	/** Changes a method's answer. */
	volatile BinaryOperator<String> answer = (method, text) -> text;

	/** Takes transactions and passes none on. */
	volatile boolean holdsTransactions;

	/** Takes what a method is given, says so, and passes nothing on. */
	volatile Predicate<String> drops = (method) -> false;

	private final HttpClient http = HttpClient.newHttpClient();

	private final LocalServer server = new LocalServer(this::serve);

	private final URI node;

	NodeProxy(URI node) {
		this.node = node;
	}

	String url() {
		return this.server.uri("/rpc").toString();
	}

	/** Pass on what was held. */
	void release() {
		this.holdsTransactions = false;
		try {
			while (!this.held.isEmpty()) {
				pass(this.held.remove());
			}
		}
		catch (IOException | InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private void serve(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		Matcher matcher = METHOD.matcher(new String(body, StandardCharsets.UTF_8));
		String method = matcher.find() ? matcher.group(1) : "";
		this.calls.add(method);
		this.before.accept(method);
		try (exchange) {
			LocalServer.answer(exchange, 200, this.answer.apply(method, text(method, body)));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private String text(String method, byte[] body) throws IOException, InterruptedException {
		if (this.holdsTransactions && "sendTransaction".equals(method)) {
			this.held.add(body);
			return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"status\":\"TRY_AGAIN_LATER\"}}";
		}
		if (this.drops.test(method)) {
			return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"status\":\"PENDING\"}}";
		}
		return pass(body);
	}

	private String pass(byte[] body) throws IOException, InterruptedException {
		return this.http
			.send(HttpRequest.newBuilder(this.node)
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofByteArray(body))
				.build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
