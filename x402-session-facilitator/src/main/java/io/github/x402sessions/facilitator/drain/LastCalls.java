package io.github.x402sessions.facilitator.drain;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import jakarta.servlet.ServletException;
import org.apache.catalina.Container;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardWrapper;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;

/**
 * Calls that come while the node ends, on connections that are kept open. A connection
 * that is closed in the moment in which its caller sends the next call leaves him without
 * an answer, and a balancer with one that it may not send to another node. So from the
 * first moment of the end there are no new connections, each answer says that its
 * connection is not kept, and the server stops when nobody is inside and nobody has come
 * for a moment, or after ten seconds. Thread-safe.
 */
final class LastCalls implements SmartLifecycle, WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

	/** Before the web server's own phase, which only waits for who is inside. */
	private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

	private volatile long lastCall = System.nanoTime() - QUIET_NANOS;

	private volatile @Nullable Connector connector;

	private volatile boolean running;

	@Override
	public void customize(ConfigurableTomcatWebServerFactory factory) {
		factory.addConnectorCustomizers((opened) -> this.connector = opened);
		factory.addEngineValves(new Arrivals());
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public void stop() {
		this.running = false;
		Connector open = this.connector;
		if (open == null) {
			return;
		}
		long begin = System.nanoTime();
		open.getProtocolHandler().closeServerSocketGraceful();
		open.setProperty("maxKeepAliveRequests", "1");
		while (isBusy(open) && System.nanoTime() - begin < LONGEST_NANOS && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	private boolean isBusy(Connector open) {
		return System.nanoTime() - this.lastCall < QUIET_NANOS
				|| isInside(open.getService().getContainer().findChildren());
	}

	private static boolean isInside(Container[] containers) {
		return Arrays.stream(containers)
			.anyMatch((container) -> isServing(container) || isInside(container.findChildren()));
	}

	private static boolean isServing(Container container) {
		return (container instanceof StandardWrapper servlet && servlet.getCountAllocated() > 0)
				|| (container instanceof StandardContext context && context.getInProgressAsyncCount() > 0);
	}

	/** Notes when somebody has come, on a new connection or an old one. */
	private final class Arrivals extends ValveBase {

		private Arrivals() {
			super(true);
		}

		@Override
		public void invoke(Request request, Response response) throws IOException, ServletException {
			LastCalls.this.lastCall = System.nanoTime();
			getNext().invoke(request, response);
		}

	}

}
