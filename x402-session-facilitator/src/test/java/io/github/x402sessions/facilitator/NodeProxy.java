package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

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

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	private final URI node;

	NodeProxy(URI node) {
		this.node = node;
		try {
			this.server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::serve);
		this.server.start();
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort() + "/rpc";
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
			byte[] text = this.answer.apply(method, text(method, body)).getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, text.length);
			exchange.getResponseBody().write(text);
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
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
