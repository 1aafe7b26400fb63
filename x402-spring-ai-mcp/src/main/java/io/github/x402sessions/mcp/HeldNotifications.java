package io.github.x402sessions.mcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The notifications that a paid tool sends while it runs: kept until its call is settled,
 * because they may say what was not paid for. Of a call that is not settled none leaves.
 * Thread-safe.
 */
final class HeldNotifications {

	private static final Logger logger = LoggerFactory.getLogger(HeldNotifications.class);

	/** More than that are forgotten: they are no part of the result. */
	private static final int MAX = 256;

	/** For all of them: the result waits behind. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final List<Supplier<Mono<Void>>> held = new ArrayList<>();

	private State state = State.HOLDING;

	/** Hold nothing: the call is settled. */
	static HeldNotifications open() {
		HeldNotifications notifications = new HeldNotifications();
		notifications.state = State.OPEN;
		return notifications;
	}

	synchronized boolean isOpen() {
		return this.state == State.OPEN;
	}

	/** Send a notification as soon as the call is settled. */
	Mono<Void> send(Supplier<Mono<Void>> notification) {
		return Mono.defer(() -> admit(notification) ? notification.get() : Mono.empty());
	}

	private synchronized boolean admit(Supplier<Mono<Void>> notification) {
		if (this.state == State.HOLDING && this.held.size() < MAX) {
			this.held.add(notification);
		}
		return this.state == State.OPEN;
	}

	/** The call is settled: send what is held, in its order, and hold nothing more. */
	void release() {
		try {
			Flux.fromIterable(take()).concatMap(HeldNotifications::sent).then().block(PATIENCE);
		}
		catch (RuntimeException ex) {
			logger.debug("Notifications of a paid tool were not taken in time", ex);
		}
	}

	private static Mono<Void> sent(Supplier<Mono<Void>> notification) {
		return Mono.defer(notification).onErrorResume((failure) -> {
			logger.debug("A notification of a paid tool was not sent", failure);
			return Mono.empty();
		});
	}

	private synchronized List<Supplier<Mono<Void>>> take() {
		List<Supplier<Mono<Void>>> taken = List.copyOf(this.held);
		this.held.clear();
		this.state = State.OPEN;
		return taken;
	}

	/** The call is over and not settled. */
	synchronized void drop() {
		if (this.state == State.HOLDING) {
			this.state = State.DROPPED;
			this.held.clear();
		}
	}

	/** The state of a call, as far as notifications go. */
	private enum State {

		/** They are kept. */
		HOLDING,

		/** They leave at once. */
		OPEN,

		/** They never leave. */
		DROPPED

	}

}
