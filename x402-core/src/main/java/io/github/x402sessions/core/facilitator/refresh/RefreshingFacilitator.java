package io.github.x402sessions.core.facilitator.refresh;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.github.x402sessions.core.facilitator.DelegatingFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks in the background what a facilitator supports, from the start on and then
 * regularly, so that no request waits for the answer. Only requests that come before the
 * first answer wait, and not for long. A good answer outlives the facilitator's outages;
 * while it fails it is asked again with growing pauses. Payments are passed on as they
 * are. A facilitator that refuses this server for verifications or settlements, or is not
 * asked for them because it hangs, is not well until it answers one of these, or none was
 * refused for as long as a good answer is believed; one that cannot be reached for them,
 * until it answers one of these or says again what it supports, which it is asked soon.
 * <p>
 * Runs one daemon thread until it is closed; close it when the application stops.
 */
public final class RefreshingFacilitator extends DelegatingFacilitator implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RefreshingFacilitator.class);

	private final FacilitatorEndpoint endpoint;

	private final RefreshOptions options;

	private final Backoff backoff;

	private final RefreshTimer timer;

	private final Clock clock;

	private final AtomicBoolean begun = new AtomicBoolean();

	/** Done when the first answer or failure is there, or has been awaited too long. */
	private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();

	/** Written by the timer's thread only. */
	private volatile Memory memory = new Memory(null, FacilitatorState.UNKNOWN, 0);

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final CallHealth verifying;

	private final CallHealth settling;

	/** Whether the next look for the end of an outage is under way. */
	private final AtomicBoolean recovering = new AtomicBoolean();

	public RefreshingFacilitator(FacilitatorEndpoint endpoint, RefreshOptions options, RefreshTimer timer,
			Clock clock) {
		this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
		this.options = Objects.requireNonNull(options, "options");
		this.backoff = new Backoff(options.firstRetry(), options.maxRetry(), RandomGenerator.getDefault());
		this.timer = timer;
		this.clock = clock;
		this.verifying = new CallHealth(clock, options.interval());
		this.settling = new CallHealth(clock, options.interval());
	}

	/**
	 * Start asking with the default options. Returns at once.
	 * @param endpoint the facilitator to ask
	 * @return a facilitator that has to be closed
	 */
	public static RefreshingFacilitator start(FacilitatorEndpoint endpoint) {
		return start(endpoint, RefreshOptions.defaults());
	}

	/**
	 * Start asking. Returns at once.
	 * @param endpoint the facilitator to ask
	 * @param options how often to ask
	 * @return a facilitator that has to be closed
	 */
	public static RefreshingFacilitator start(FacilitatorEndpoint endpoint, RefreshOptions options) {
		RefreshingFacilitator facilitator = create(endpoint, options);
		facilitator.begin();
		return facilitator;
	}

	/**
	 * Create one that asks from {@link #begin()} on, or from when it is asked itself.
	 * @param endpoint the facilitator to ask
	 * @param options how often to ask
	 * @return a facilitator that has to be closed
	 */
	public static RefreshingFacilitator create(FacilitatorEndpoint endpoint, RefreshOptions options) {
		return new RefreshingFacilitator(endpoint, options, new DaemonTimer("x402-supported-" + endpoint.name()),
				Clock.systemUTC());
	}

	/** Begin to ask. Returns at once, and does nothing the second time. */
	public void begin() {
		if (this.begun.compareAndSet(false, true)) {
			this.started.completeOnTimeout(null, this.options.maxWait().toMillis(), TimeUnit.MILLISECONDS);
			this.timer.after(Duration.ZERO, this::refresh);
		}
	}

	/**
	 * Add who is to know whenever the facilitator has told what it supports.
	 * @param listener called after each good answer, on the thread that asks
	 */
	public void whenTold(Runnable listener) {
		this.listeners.add(Objects.requireNonNull(listener, "listener"));
	}

	/**
	 * Return the facilitator's name.
	 * @return the endpoint's name
	 */
	public String name() {
		return this.endpoint.name();
	}

	/**
	 * Return how asking and paying went so far.
	 * @return the state as of now
	 */
	public FacilitatorState state() {
		FacilitatorState asked = this.memory.state();
		CallHealth.Failing known = this.verifying.known();
		if (known == null) {
			known = this.settling.known();
		}
		return (known != null && asked.failure() == null) ? asked.failed(known.since(), known.failure()) : asked;
	}

	@Override
	public SupportedResponse supported() {
		if (this.memory.isEmpty()) {
			begin();
			awaitStart();
		}
		Memory known = this.memory;
		if (known.supported() != null) {
			return known.supported();
		}
		if (known.state().failure() != null) {
			throw known.state().failure();
		}
		throw new FacilitatorUnavailableException(
				"facilitator " + name() + " has not told yet what it supports (/supported)", null);
	}

	private void awaitStart() {
		try {
			this.started.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	protected Facilitator delegate() {
		return this.endpoint;
	}

	@Override
	protected VerifyResponse verifying(FacilitatorRequest request, Supplier<VerifyResponse> call) {
		return handled(this.verifying, call);
	}

	@Override
	protected SettleResponse settling(FacilitatorRequest request, Supplier<SettleResponse> call) {
		return handled(this.settling, call);
	}

	private <T> T handled(CallHealth trouble, Supplier<T> call) {
		try {
			T response = call.get();
			if (trouble.answered()) {
				logger.info("Facilitator '{}' handles payments again", name());
			}
			return response;
		}
		catch (FacilitatorAccessException ex) {
			if (trouble.failed(ex)) {
				logger
					.error("Facilitator '{}' does not handle payments for this server: {}. Set x402.facilitator.authorization "
							+ "(in web.xml facilitatorAuthorization) to what it knows this server by, and whom it pays",
							name(), ex.getMessage());
			}
			throw ex;
		}
		catch (FacilitatorUnavailableException ex) {
			if (ex.isUnsent() && trouble.failed(ex)) {
				logger.error("Facilitator '{}' does not handle payments: {}", name(), ex.getMessage());
				lookForRecovery();
			}
			throw ex;
		}
	}

	/** While nobody pays nothing else tells that an outage is over. */
	private void lookForRecovery() {
		boolean out = this.verifying.isOutage() || this.settling.isOutage() || this.memory.failures() > 0;
		if (out && this.recovering.compareAndSet(false, true)) {
			this.timer.after(this.options.maxRetry(), () -> {
				this.recovering.set(false);
				ask();
				lookForRecovery();
			});
		}
	}

	/** Stop asking. What is known stays known. */
	@Override
	public void close() {
		this.timer.close();
		this.started.complete(null);
	}

	private void refresh() {
		Duration pause = this.options.maxRetry();
		try {
			pause = ask();
		}
		finally {
			this.started.complete(null);
			if (this.memory.failures() == 0) {
				this.listeners.forEach(RefreshingFacilitator::run);
			}
			this.timer.after(pause, this::refresh);
		}
	}

	private static void run(Runnable listener) {
		try {
			listener.run();
		}
		catch (RuntimeException ex) {
			logger.warn("What a facilitator supports could not be looked into", ex);
		}
	}

	/** Ask once and tell how long to wait for the next time. */
	private Duration ask() {
		Memory known = this.memory;
		try {
			SupportedResponse response = this.endpoint.supported();
			this.memory = new Memory(response, known.state().succeeded(this.clock.instant()), 0);
			if (known.failures() > 0) {
				logger.info("Facilitator '{}' tells what it supports again", name());
			}
			boolean verifiable = this.verifying.reachable();
			if (this.settling.reachable() || verifiable) {
				logger.info("Facilitator '{}' can be reached for payments again", name());
			}
			return this.options.interval();
		}
		catch (RuntimeException ex) {
			FacilitatorException failure = (ex instanceof FacilitatorException expected) ? expected
					: new FacilitatorUnavailableException("facilitator failed unexpectedly: " + ex, ex);
			this.memory = known.failed(failure, this.clock);
			if (known.failures() == 0) {
				logger.warn("Facilitator '{}' does not tell what it supports, {}: {}.{}", name(), known.consequence(),
						failure.getMessage(), known.advice(failure));
			}
			return this.backoff.after(this.memory.failures());
		}
	}

	/** The last good answer and what happened since. */
	private record Memory(@Nullable SupportedResponse supported, FacilitatorState state, int failures) {

		boolean isEmpty() {
			return this.supported == null && this.failures == 0;
		}

		Memory failed(FacilitatorException failure, Clock clock) {
			return new Memory(this.supported, this.state.failed(clock.instant(), failure), this.failures + 1);
		}

		/** One that has answered before is no mistake of the configuration. */
		String advice(FacilitatorException why) {
			if (this.supported != null) {
				return "";
			}
			return (why instanceof FacilitatorAccessException)
					? " Set x402.facilitator.authorization (in web.xml facilitatorAuthorization) to what it knows this "
							+ "server by"
					: " Start it, or set x402.facilitator.url (in web.xml facilitatorUrl) to one that is reached from here";
		}

		String consequence() {
			return (this.supported != null) ? "its last answer stays in use"
					: "its routes cannot be paid until it does";
		}

	}

}
