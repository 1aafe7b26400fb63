package io.github.x402sessions.webflux.autoconfigure;

import io.github.x402sessions.webflux.PaymentWebFilter;

import org.springframework.context.SmartLifecycle;

/**
 * Concludes the answers that still stream when the application stops: after the time that
 * a graceful shutdown gives them, and while facilitators can still be called.
 */
final class ExchangeStreamConclusion implements SmartLifecycle {

	/** Between Boot's graceful shutdown and the end of its server. */
	private static final int PHASE = DEFAULT_PHASE - 1536;

	private final PaymentWebFilter filter;

	private volatile boolean running;

	ExchangeStreamConclusion(PaymentWebFilter filter) {
		this.filter = filter;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.filter.concludeStreams();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
