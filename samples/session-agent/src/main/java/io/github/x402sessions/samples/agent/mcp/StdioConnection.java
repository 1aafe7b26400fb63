package io.github.x402sessions.samples.agent.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * The one connection of a server on standard input and output, a JSON-RPC message a line.
 * Beside what the SDK's own does, a client that gives a call up ends it, so that nothing
 * is paid after that; a line that is no message is answered; and when the input ends,
 * answers to what was asked still go out: they may have been paid for.
 */
final class StdioConnection implements McpServerTransportProvider, McpServerTransport {

	private static final Logger logger = LoggerFactory.getLogger(StdioConnection.class);

	private static final String CANCELLED = "notifications/cancelled";

	private static final String NO_MESSAGE = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":"
			+ McpSchema.ErrorCodes.PARSE_ERROR + ",\"message\":\"this is no JSON-RPC message\"}}";

	private final McpJsonMapper json;

	private final InputStream in;

	private final OutputStream out;

	private final Duration patience;

	private final ReentrantLock writing = new ReentrantLock();

	/** Requests without an answer yet, by id. */
	private final Map<Object, Disposable> open = new ConcurrentHashMap<>();

	private @Nullable McpServerSession session;

	private volatile boolean initialized;

	/**
	 * Create a connection.
	 * @param json reads and writes messages
	 * @param in has one a line
	 * @param out gets one a line
	 * @param patience how long to wait for open calls when the input has ended
	 */
	StdioConnection(McpJsonMapper json, InputStream in, OutputStream out, Duration patience) {
		this.json = json;
		this.in = in;
		this.out = out;
		this.patience = patience;
	}

	@Override
	public void setSessionFactory(McpServerSession.Factory factory) {
		this.session = factory.create(this);
	}

	/** Serve until the input ends. */
	void serve() throws IOException {
		BufferedReader lines = new BufferedReader(new InputStreamReader(this.in, StandardCharsets.UTF_8));
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			if (!line.isBlank()) {
				take(line);
			}
		}
		end();
	}

	private void take(String line) {
		McpSchema.JSONRPCMessage message;
		try {
			message = McpSchema.deserializeJsonRpcMessage(this.json, line);
		}
		catch (IOException | RuntimeException ex) {
			write(NO_MESSAGE);
			return;
		}
		if (message instanceof McpSchema.JSONRPCNotification told && CANCELLED.equals(told.method())) {
			cancel(told);
		}
		else {
			handle(message);
		}
	}

	private void handle(McpSchema.JSONRPCMessage message) {
		if (message instanceof McpSchema.JSONRPCNotification told
				&& McpSchema.METHOD_NOTIFICATION_INITIALIZED.equals(told.method())) {
			this.initialized = true;
		}
		Disposable.Swap work = Disposables.swap();
		Mono<Void> handled = session().handle(message);
		if (message instanceof McpSchema.JSONRPCRequest request) {
			this.open.put(request.id(), work);
			handled = handled.doFinally((signal) -> this.open.remove(request.id(), work));
		}
		work.update(handled.subscribe((nothing) -> {
		}, (failure) -> logger.warn("A message could not be handled: {}", failure.getClass().getSimpleName())));
	}

	/** Its answer goes nowhere. */
	private void cancel(McpSchema.JSONRPCNotification told) {
		Object id = (told.params() instanceof Map<?, ?> params) ? params.get("requestId") : null;
		Disposable work = (id != null) ? this.open.remove(id) : null;
		if (work != null) {
			work.dispose();
		}
	}

	/** Before a connection is set up nothing is answered, so nothing is waited for. */
	private void end() {
		long deadline = System.nanoTime() + (this.initialized ? this.patience.toNanos() : 0);
		CountDownLatch never = new CountDownLatch(1);
		try {
			while (!this.open.isEmpty() && System.nanoTime() < deadline) {
				never.await(20, TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.open.values().forEach(Disposable::dispose);
		session().close();
	}

	private McpServerSession session() {
		McpServerSession connected = this.session;
		if (connected == null) {
			throw new IllegalStateException("there is no server");
		}
		return connected;
	}

	@Override
	public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
		return Mono.fromCallable(() -> this.json.writeValueAsString(message)).doOnNext(this::write).then();
	}

	private void write(String message) {
		this.writing.lock();
		try {
			this.out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
			this.out.flush();
		}
		catch (IOException ex) {
			logger.warn("The client takes no more answers: {}", ex.getClass().getSimpleName());
		}
		finally {
			this.writing.unlock();
		}
	}

	@Override
	public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
		return this.json.convertValue(data, type);
	}

	@Override
	public Mono<Void> notifyClients(String method, Object params) {
		return session().sendNotification(method, params);
	}

	@Override
	public Mono<Void> closeGracefully() {
		return Mono.empty();
	}

	@Override
	public void close() {
	}

	@Override
	public List<String> protocolVersions() {
		return McpServerTransport.super.protocolVersions();
	}

}
