package io.github.x402sessions.spring.free;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.terms.FreeCalls;
import io.github.x402sessions.servlet.payment.ProtocolChange;
import io.github.x402sessions.spring.FreeCaller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each caller some calls a day for nothing: one is taken before the handler runs,
 * and given back where its answer would not have cost anything. In doubt there is none
 * left. Thread-safe.
 */
final class FreeQuota {

	/** For how long a counter that has failed is not asked again. */
	static final Duration PAUSE = Duration.ofSeconds(2);

	/** A group has as many calls as so many of its callers. */
	static final int GROUP_CALLERS = 16;

	private static final Logger logger = LoggerFactory.getLogger(FreeQuota.class);

	/** The request attribute with what was taken for it. */
	private static final String TAKEN = FreeQuota.class.getName() + ".TAKEN";

	private final FreeCallCounter counter;

	private final FreeCaller caller;

	private final FreeCallKeys keys;

	private final InstantSource clock;

	private final ZoneId zone;

	/** When a counter that has failed may be asked again; {@code null} if none has. */
	private final AtomicReference<@Nullable Instant> again = new AtomicReference<>();

	private final AtomicBoolean unnamed = new AtomicBoolean();

	/**
	 * Create a quota.
	 * @param counter counts
	 * @param caller tells callers apart
	 * @param keys make what is counted under
	 * @param clock tells the time
	 * @param zone where a day begins and ends
	 */
	FreeQuota(FreeCallCounter counter, FreeCaller caller, FreeCallKeys keys, InstantSource clock, ZoneId zone) {
		this.counter = counter;
		this.caller = caller;
		this.keys = keys;
		this.clock = clock;
		this.zone = zone;
	}

	/**
	 * Take a call. Whoever pays pays, so that a payment that is sent again means the same
	 * purchase; whoever only looks takes nothing; and a connection that is there for as
	 * long as its client likes is no call.
	 * @return whether the request is free
	 */
	boolean take(HttpServletRequest request, FreeCalls calls) {
		if (calls.perDay() == 0 || isPaid(request) || isLook(request) || ProtocolChange.isIn(request)) {
			return false;
		}
		List<String> names = names(request);
		return !names.isEmpty() && isAsked() && take(request, calls, names);
	}

	/** Return the caller's name, and that of his group in front of it. */
	private List<String> names(HttpServletRequest request) {
		try {
			Optional<String> name = this.caller.name(request).filter((text) -> !text.isBlank());
			if (name.isEmpty()) {
				return List.of();
			}
			return this.caller.group(request).map((group) -> List.of(group, name.get())).orElse(List.of(name.get()));
		}
		catch (RuntimeException ex) {
			if (this.unnamed.compareAndSet(false, true)) {
				logger.warn("The FreeCaller has failed, and whom it does not name is charged", ex);
			}
			return List.of();
		}
	}

	private boolean take(HttpServletRequest request, FreeCalls calls, List<String> names) {
		LocalDate day = LocalDate.ofInstant(this.clock.instant(), this.zone);
		Instant end = day.plusDays(1).atStartOfDay(this.zone).toInstant();
		List<String> keys = names.stream().map((name) -> this.keys.of(calls.counter(), day, name)).toList();
		try {
			for (int i = 0; i < keys.size(); i++) {
				int limit = (i < keys.size() - 1) ? GROUP_CALLERS * calls.perDay() : calls.perDay();
				if (!this.counter.take(keys.get(i), limit, end)) {
					giveBack(new Taken(keys.subList(0, i), end));
					works();
					return false;
				}
			}
			request.setAttribute(TAKEN, new Taken(keys, end));
			works();
			return true;
		}
		catch (RuntimeException ex) {
			failed(ex);
			return false;
		}
	}

	private static boolean isPaid(HttpServletRequest request) {
		return request.getHeader(PaymentHeader.SIGNATURE) != null
				|| request.getHeader(PaymentHeader.LEGACY_SIGNATURE) != null;
	}

	private static boolean isLook(HttpServletRequest request) {
		return "HEAD".equals(request.getMethod()) || "OPTIONS".equals(request.getMethod());
	}

	/**
	 * End a free request.
	 * @param counts whether its answer would have cost something
	 */
	void end(HttpServletRequest request, boolean counts) {
		if (!(request.getAttribute(TAKEN) instanceof Taken taken)) {
			return;
		}
		request.removeAttribute(TAKEN);
		if (!counts && isAsked()) {
			try {
				giveBack(taken);
			}
			catch (RuntimeException ex) {
				failed(ex);
			}
		}
	}

	private void giveBack(Taken taken) {
		taken.keys().forEach((key) -> this.counter.giveBack(key, taken.end()));
	}

	/**
	 * Whether to ask the counter: where it has failed, nobody waits for it but one at
	 * times. A clock that was set back does not make that longer.
	 */
	private boolean isAsked() {
		Instant again = this.again.get();
		if (again == null) {
			return true;
		}
		Instant now = this.clock.instant();
		boolean paused = now.isBefore(again) && !again.isAfter(now.plus(PAUSE));
		return !paused && this.again.compareAndSet(again, now.plus(PAUSE));
	}

	private void failed(RuntimeException failure) {
		if (this.again.getAndSet(this.clock.instant().plus(PAUSE)) == null) {
			logger.warn("Free calls cannot be counted in {}, so that all are charged until they can: {}",
					this.counter.place(), failure.toString());
		}
	}

	private void works() {
		if (this.again.getAndSet(null) != null) {
			logger.info("Free calls are counted again");
		}
	}

	String place() {
		return this.counter.place();
	}

	/**
	 * The calls that were taken for a request.
	 *
	 * @param keys what it was counted under
	 * @param end when the day is over
	 */
	private record Taken(List<String> keys, Instant end) {
	}

}
