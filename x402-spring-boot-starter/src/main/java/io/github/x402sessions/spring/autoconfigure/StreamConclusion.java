package io.github.x402sessions.spring.autoconfigure;

import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.x402sessions.servlet.PaymentFilter;
import org.springframework.context.SmartLifecycle;

/**
 * Concludes the answers that still stream when the application stops: after the time that
 * a graceful shutdown gives them, and while facilitators can still be called. The
 * container ends the filter only when all beans are gone.
 */
final class StreamConclusion implements SmartLifecycle {

	/** Between Boot's graceful shutdown and the end of its server. */
	private static final int PHASE = DEFAULT_PHASE - 1536;

	private final Supplier<Stream<PaymentFilter>> filters;

	private volatile boolean running;

	StreamConclusion(Supplier<Stream<PaymentFilter>> filters) {
		this.filters = filters;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.filters.get().forEach(PaymentFilter::concludeStreams);
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
