package io.github.x402sessions.facilitator;

import io.github.x402sessions.facilitator.event.FacilitatorEvent;
import io.github.x402sessions.facilitator.event.FacilitatorEventListener;

import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes the events of an embedded facilitator in the application, as long as that
 * runs: before, nobody would hear them. Thread-safe.
 */
final class PublishedEvents implements FacilitatorEventListener, SmartLifecycle {

	private final ApplicationContext context;

	private volatile boolean running;

	/**
	 * Create it.
	 * @param context the application
	 */
	PublishedEvents(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void onEvent(FacilitatorEvent event) {
		this.context.publishEvent(event);
	}

	@Override
	public boolean isReady() {
		return this.running;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
