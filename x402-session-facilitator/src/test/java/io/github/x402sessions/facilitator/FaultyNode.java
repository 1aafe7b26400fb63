package io.github.x402sessions.facilitator;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to the network on which transactions get lost, answers come late, and what has
 * been taken is said to have failed.
 */
final class FaultyNode implements AutoCloseable {

	private static final String BROKEN = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32603,\"message\":\"could not submit\"}}";

	private static final Duration LATE = Duration.ofMillis(400);

	private final NodeProxy proxy;

	FaultyNode(URI node) {
		this.proxy = new NodeProxy(node);
	}

	String url() {
		return this.proxy.url();
	}

	/** One of ten calls goes wrong in one of three ways. */
	void misbehave() {
		this.proxy.before = (method) -> {
			if (oneOf(10)) {
				LockSupport.parkNanos(LATE.toNanos());
			}
		};
		this.proxy.drops = (method) -> method.equals("sendTransaction") && oneOf(20);
		this.proxy.answer = (method, text) -> (method.equals("sendTransaction") && oneOf(10)) ? BROKEN : text;
	}

	void behave() {
		this.proxy.before = (method) -> {
		};
		this.proxy.drops = (method) -> false;
		this.proxy.answer = (method, text) -> text;
	}

	private static boolean oneOf(int count) {
		return ThreadLocalRandom.current().nextInt(count) == 0;
	}

	@Override
	public void close() {
		this.proxy.close();
	}

}
