package io.github.x402sessions.facilitator.drain;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Calls at the end of the node, on connections that are kept open. A connection that is
 * closed in the moment in which its caller sends the next call leaves him without an
 * answer, and a balancer with one that it may not send to another node. So from the first
 * moment of the end there are no new connections, each answer says that its connection is
 * not kept, also to those who were inside before, and the server stops when nobody is
 * inside and nobody has come or got an answer for a moment, or after ten seconds. Where
 * the server ends at once, nobody is waited for. Thread-safe.
 */
final class LastCalls implements SmartLifecycle, WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

	/** Before the web server's own phase, which only waits for who is inside. */
	private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private static final String KEPT = "maxKeepAliveRequests";

	private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final boolean patient;

	private final AtomicInteger inside = new AtomicInteger();

	/** When somebody has come or got his answer. */
	private volatile long lastCall = System.nanoTime() - QUIET_NANOS;

	private volatile @Nullable Connector connector;

	private volatile @Nullable Object keptBefore;

	private volatile boolean running;

	private volatile boolean ending;

	LastCalls(Shutdown shutdown) {
		this.patient = shutdown == Shutdown.GRACEFUL;
	}

	@Override
	public void customize(ConfigurableTomcatWebServerFactory factory) {
		factory.addConnectorCustomizers((opened) -> this.connector = opened);
		factory.addEngineValves(new Calls());
	}

	@Override
	public void start() {
		Connector open = this.connector;
		Object kept = this.keptBefore;
		if (open != null && kept != null) {
			open.setProperty(KEPT, kept.toString());
		}
		this.ending = false;
		this.running = true;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
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
		this.keptBefore = open.getProperty(KEPT);
		open.setProperty(KEPT, "1");
		this.ending = true;
		while (this.patient && isBusy() && System.nanoTime() - begin < LONGEST_NANOS
				&& !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	private boolean isBusy() {
		return this.inside.get() > 0 || System.nanoTime() - this.lastCall < QUIET_NANOS;
	}

	private void leave() {
		this.lastCall = System.nanoTime();
		this.inside.decrementAndGet();
	}

	/** Return what tells callers who were inside before the end. */
	Filter answers() {
		return new LastAnswers();
	}

	/** Notes when somebody comes, on a new connection or an old one, and goes. */
	private final class Calls extends ValveBase {

		private Calls() {
			super(true);
		}

		@Override
		public void invoke(Request request, Response response) throws IOException, ServletException {
			LastCalls.this.inside.incrementAndGet();
			LastCalls.this.lastCall = System.nanoTime();
			boolean goesOn = false;
			try {
				getNext().invoke(request, response);
				if (request.isAsync()) {
					request.getAsyncContextInternal().addListener(new Leaving());
					goesOn = true;
				}
			}
			finally {
				if (!goesOn) {
					leave();
				}
			}
		}

	}

	/** Notes when somebody goes whom no thread has waited for. */
	private final class Leaving implements AsyncListener {

		@Override
		public void onComplete(AsyncEvent event) {
			leave();
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			event.getAsyncContext().addListener(this);
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			// It is completed after that.
		}

		@Override
		public void onError(AsyncEvent event) {
			// It is completed after that.
		}

	}

	/**
	 * Ends connections with the answers of those who came before the end. The connector
	 * has promised to keep them, and its new limit is for calls after that.
	 */
	private final class LastAnswers extends OncePerRequestFilter {

		@Override
		protected boolean shouldNotFilterAsyncDispatch() {
			return false;
		}

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			LastAnswer answer = new LastAnswer(response);
			chain.doFilter(request, answer);
			if (!isAsyncStarted(request)) {
				answer.endConnection();
			}
		}

	}

	/** Looks, before the first byte, whether the end has begun. */
	private final class LastAnswer extends HttpServletResponseWrapper {

		private LastAnswer(HttpServletResponse answer) {
			super(answer);
		}

		private void endConnection() {
			if (LastCalls.this.ending && !isCommitted()) {
				setHeader("Connection", "close");
			}
		}

		@Override
		public ServletOutputStream getOutputStream() throws IOException {
			endConnection();
			return super.getOutputStream();
		}

		@Override
		public PrintWriter getWriter() throws IOException {
			endConnection();
			return super.getWriter();
		}

		@Override
		public void flushBuffer() throws IOException {
			endConnection();
			super.flushBuffer();
		}

	}

}
