package io.github.x402sessions.adapter.mcp;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.github.x402sessions.client.payment.PaidCall;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * The calls of tools that are under way, by the ids of their requests. Each is forgotten
 * when it ends, or when its caller has waited for long enough; there is room for 1024,
 * and what is called beyond that is not paid. Thread-safe.
 */
final class ToolCalls {

	private static final Logger logger = LoggerFactory.getLogger(ToolCalls.class);

	private static final int MAX_SIZE = 1024;

	private final McpClientTransport plain;

	private final Object sending = new Object();

	private final Duration timeout;

	private final Function<ToolRequest, PaidCall> payments;

	/** What ids of requests begin with that are not the caller's. */
	private final String prefix = "x402-" + UUID.randomUUID() + "-";

	private final AtomicLong requests = new AtomicLong();

	/** Guarded by itself, as is the next one. */
	private final Map<Object, ToolExchange> byId = new HashMap<>();

	private final Map<ToolExchange, Disposable> timers = new HashMap<>();

	private volatile @Nullable Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> handler;

	ToolCalls(McpClientTransport plain, Duration timeout, Function<ToolRequest, PaidCall> payments) {
		this.plain = plain;
		this.timeout = timeout;
		this.payments = payments;
	}

	void deliverTo(Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> handler) {
		this.handler = handler;
	}

	/** Send a call. */
	Mono<Void> start(ToolRequest request) {
		return Mono.deferContextual((context) -> {
			ToolExchange exchange = new ToolExchange(request, this.payments.apply(request), new Wire(context));
			if (!remember(request.request().id(), exchange)) {
				logger.warn("A call is not paid for, because {} others are under way", MAX_SIZE);
				return post(request.unpaid());
			}
			return exchange.start();
		});
	}

	private boolean remember(Object id, ToolExchange exchange) {
		synchronized (this.byId) {
			if (this.timers.size() >= MAX_SIZE || this.byId.containsKey(id)) {
				return false;
			}
			this.byId.put(id, exchange);
			this.timers.put(exchange, Schedulers.parallel()
				.schedule(() -> exchange.end(new TimeoutException()), this.timeout.toMillis(), TimeUnit.MILLISECONDS));
			return true;
		}
	}

	/**
	 * Send a message. Transports that have a queue refuse what comes while another thread
	 * adds to it, so these are called one by one; none of them waits for the other side.
	 */
	Mono<Void> post(McpSchema.JSONRPCMessage message) {
		return Mono.defer(() -> {
			synchronized (this.sending) {
				return this.plain.sendMessage(message);
			}
		});
	}

	/**
	 * Take in an answer.
	 * @return what the caller gets: all that is not about a call here
	 */
	Optional<McpSchema.JSONRPCMessage> receive(McpSchema.JSONRPCResponse response) {
		ToolExchange exchange = find(response.id());
		if (exchange != null) {
			return exchange.receive(response).map(McpSchema.JSONRPCMessage.class::cast);
		}
		boolean late = response.id() instanceof String id && id.startsWith(this.prefix);
		return late ? Optional.empty() : Optional.of(response);
	}

	/**
	 * Take in that a caller does not wait for an answer any more.
	 * @return the id of the request that the server works on
	 */
	Optional<Object> cancel(Object id) {
		ToolExchange exchange = find(id);
		if (exchange == null) {
			return Optional.empty();
		}
		Object last = exchange.wireId();
		exchange.end(new CancellationException());
		return Optional.of(last);
	}

	/** End all that are under way. */
	void close() {
		List<ToolExchange> all;
		synchronized (this.byId) {
			all = List.copyOf(this.timers.keySet());
		}
		all.forEach((exchange) -> exchange.end(new CancellationException()));
	}

	private @Nullable ToolExchange find(Object id) {
		synchronized (this.byId) {
			return this.byId.get(id);
		}
	}

	/** How many are under way. */
	int size() {
		synchronized (this.byId) {
			return this.timers.size();
		}
	}

	/** Sends for one call, in the context of its caller. */
	private final class Wire implements ToolWire {

		private final ContextView context;

		private Wire(ContextView context) {
			this.context = context;
		}

		@Override
		public Mono<Void> send(McpSchema.JSONRPCRequest request) {
			return post(request).contextWrite(this.context);
		}

		@Override
		public void deliver(McpSchema.JSONRPCResponse response) {
			Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> receiver = ToolCalls.this.handler;
			if (receiver != null) {
				receiver.apply(Mono.just(response)).subscribe((unused) -> {
				}, (failure) -> logger.warn("An answer was not taken in: {}", failure.getClass().getName()));
			}
		}

		@Override
		public Object newId(ToolExchange exchange) {
			String id = ToolCalls.this.prefix + ToolCalls.this.requests.incrementAndGet();
			synchronized (ToolCalls.this.byId) {
				if (ToolCalls.this.timers.containsKey(exchange)) {
					ToolCalls.this.byId.put(id, exchange);
				}
			}
			return id;
		}

		@Override
		public void forget(ToolExchange exchange) {
			synchronized (ToolCalls.this.byId) {
				Disposable timer = ToolCalls.this.timers.remove(exchange);
				ToolCalls.this.byId.values().removeIf(exchange::equals);
				if (timer != null) {
					timer.dispose();
				}
			}
		}

	}

}
