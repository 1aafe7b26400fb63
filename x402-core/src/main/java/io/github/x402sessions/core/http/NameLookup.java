package io.github.x402sessions.core.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Looks the names of servers up before the JDK's client does, which would do it without a
 * bound on its time. The JVM keeps what was found, so that its client finds it at once.
 * Whoever waits for the same name waits for the same look-up. Thread-safe.
 */
final class NameLookup {

	/** Well below the 30 seconds for which the JVM keeps a name by default. */
	private static final Duration KEPT = Duration.ofSeconds(10);

	private static final Pattern LITERAL = Pattern.compile("\\[.*]|[0-9.]+");

	/** Whoever calls many servers does not keep them all. */
	private static final int MAX_KEPT = 256;

	private final Map<String, Lookup> lookups = new ConcurrentHashMap<>();

	private final Resolver resolver;

	NameLookup() {
		this(InetAddress::getByName);
	}

	/**
	 * Create a look-up.
	 * @param resolver asks the name server
	 */
	NameLookup(Resolver resolver) {
		this.resolver = resolver;
	}

	/** Tell whether a server is named by its IP address, so that nothing is looked up. */
	static boolean isLiteral(URI server) {
		return server.getHost() != null && LITERAL.matcher(server.getHost()).matches();
	}

	/**
	 * Wait until a server's name was looked up, at most as long as a call may take. Does
	 * nothing for servers that are reached through a proxy: that looks the name up.
	 * @param server the server's URL
	 * @param deadline how long it may take
	 * @throws HttpConnectTimeoutException if it takes longer
	 * @throws ConnectException if nobody knows the name
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	void await(URI server, Duration deadline) throws IOException, InterruptedException {
		if (isLiteral(server) || server.getHost() == null || isProxied(server)) {
			return;
		}
		String host = server.getHost();
		if (this.lookups.size() >= MAX_KEPT) {
			this.lookups.values().removeIf((lookup) -> lookup.result().isDone());
		}
		Lookup lookup = this.lookups.compute(host,
				(name, known) -> (known != null && known.isUsable()) ? known : start(name));
		try {
			lookup.result().get(deadline.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new HttpConnectTimeoutException("the name of the server was not found in time");
		}
		catch (ExecutionException ex) {
			ConnectException failure = new ConnectException("the name of the server is not known");
			failure.initCause(ex.getCause());
			throw failure;
		}
	}

	private static boolean isProxied(URI server) {
		ProxySelector proxies = ProxySelector.getDefault();
		return proxies != null
				&& proxies.select(server).stream().anyMatch((proxy) -> proxy.type() != Proxy.Type.DIRECT);
	}

	private Lookup start(String host) {
		CompletableFuture<InetAddress> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				result.complete(this.resolver.resolve(host));
			}
			catch (UnknownHostException | RuntimeException ex) {
				result.completeExceptionally(ex);
			}
		}, "x402-name-lookup");
		thread.setDaemon(true);
		thread.start();
		return new Lookup(result, System.nanoTime());
	}

	/** Asks for the address of a host. */
	@FunctionalInterface
	interface Resolver {

		InetAddress resolve(String host) throws UnknownHostException;

	}

	/** A look-up that has begun, on a thread of its own. */
	private record Lookup(CompletableFuture<InetAddress> result, long begun) {

		/** One that is under way can be joined. */
		boolean isUsable() {
			return !this.result.isDone()
					|| (!this.result.isCompletedExceptionally() && System.nanoTime() - this.begun < KEPT.toNanos());
		}

	}

}
