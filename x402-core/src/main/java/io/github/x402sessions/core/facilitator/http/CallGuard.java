package io.github.x402sessions.core.facilitator.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import feign.Client;
import feign.Request;
import feign.Response;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.x402sessions.core.http.OversizedBodyException;

/**
 * Keeps a facilitator that hangs from holding the threads of a server: anybody can send
 * made-up payments, and each is verified. Only so many calls are asked at a time, as many
 * wait a moment for their turn, and none is asked while most of the last ones got no
 * answer. Calls that settle are watched but always made: their payments have been
 * verified, and what they bought may have been done. An answer, whatever it says, is no
 * failure here. Thread-safe.
 */
final class CallGuard {

	private final CircuitBreaker breaker;

	private final Semaphore slots;

	private final int maxWaiting;

	private final Duration patience;

	/**
	 * Create a guard.
	 * @param maxConcurrent how many calls may be asked at a time
	 * @param patience how long a call waits for its turn
	 * @param pause how long no call is asked after most got no answer
	 */
	CallGuard(int maxConcurrent, Duration patience, Duration pause) {
		this.slots = new Semaphore(maxConcurrent, true);
		this.maxWaiting = maxConcurrent;
		this.patience = patience;
		this.breaker = CircuitBreaker.of("x402-facilitator",
				CircuitBreakerConfig.custom()
					.slidingWindowSize(20)
					.minimumNumberOfCalls(10)
					.failureRateThreshold(50)
					.waitDurationInOpenState(pause)
					.permittedNumberOfCallsInHalfOpenState(2)
					.recordException(CallGuard::isUnanswered)
					.build());
	}

	private static boolean isUnanswered(Throwable failure) {
		return failure instanceof IOException && !(failure instanceof OversizedBodyException);
	}

	/**
	 * Refuse calls beyond the bounds.
	 * @param transport makes the calls
	 * @return makes them or throws {@link CallNotMadeException}
	 */
	Client bounded(Client transport) {
		return (request, options) -> {
			if (!enter()) {
				throw CallNotMadeException.busy();
			}
			try {
				if (!this.breaker.tryAcquirePermission()) {
					throw CallNotMadeException.paused();
				}
				return watch(transport, request, options);
			}
			finally {
				this.slots.release();
			}
		};
	}

	/** Who comes first is asked first, unless too many wait or nobody is asked. */
	private boolean enter() {
		boolean waits = this.slots.getQueueLength() < this.maxWaiting
				&& this.breaker.getState() != CircuitBreaker.State.OPEN;
		try {
			return this.slots.tryAcquire(waits ? this.patience.toMillis() : 0, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Watch how calls end.
	 * @param transport makes the calls
	 * @return makes them all
	 */
	Client watched(Client transport) {
		return (request, options) -> watch(transport, request, options);
	}

	private Response watch(Client transport, Request request, Request.Options options) throws IOException {
		long start = System.nanoTime();
		try {
			Response response = transport.execute(request, options);
			this.breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
			return response;
		}
		catch (IOException | RuntimeException | Error ex) {
			this.breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, ex);
			throw ex;
		}
	}

}
