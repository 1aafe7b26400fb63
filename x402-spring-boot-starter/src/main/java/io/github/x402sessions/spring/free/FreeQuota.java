package io.github.x402sessions.spring.free;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.terms.FreeCalls;
import io.github.x402sessions.spring.FreeCaller;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each caller some calls a day for nothing: one is taken before the handler runs,
 * and given back where its answer would not have cost anything. In doubt there is none
 * left. Thread-safe.
 */
final class FreeQuota {

	private static final Logger logger = LoggerFactory.getLogger(FreeQuota.class);

	/** The request attribute with the key of the call that was taken for it. */
	private static final String TAKEN = FreeQuota.class.getName() + ".TAKEN";

	private final FreeCallCounter counter;

	private final FreeCaller caller;

	private final InstantSource clock;

	private final ZoneId zone;

	private final AtomicBoolean failing = new AtomicBoolean();

	/**
	 * Create a quota.
	 * @param counter counts
	 * @param caller tells callers apart
	 * @param clock tells the time
	 * @param zone where a day begins and ends
	 */
	FreeQuota(FreeCallCounter counter, FreeCaller caller, InstantSource clock, ZoneId zone) {
		this.counter = counter;
		this.caller = caller;
		this.clock = clock;
		this.zone = zone;
	}

	/**
	 * Take a call. Whoever pays pays, so that a payment that is sent again means the same
	 * purchase; and whoever only looks takes nothing.
	 * @return whether the request is free
	 */
	boolean take(HttpServletRequest request, FreeCalls calls) {
		if (calls.perDay() == 0 || isPaid(request) || isLook(request)) {
			return false;
		}
		try {
			Optional<String> name = this.caller.name(request).filter((text) -> !text.isBlank());
			return name.isPresent() && take(request, calls, name.get());
		}
		catch (RuntimeException ex) {
			failed(ex);
			return false;
		}
	}

	private boolean take(HttpServletRequest request, FreeCalls calls, String name) {
		LocalDate day = LocalDate.ofInstant(this.clock.instant(), this.zone);
		Instant end = day.plusDays(1).atStartOfDay(this.zone).toInstant();
		String key = key(calls.counter(), day, name);
		if (!this.counter.take(key, calls.perDay(), end)) {
			return false;
		}
		request.setAttribute(TAKEN, key);
		works();
		return true;
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
		if (!(request.getAttribute(TAKEN) instanceof String key)) {
			return;
		}
		request.removeAttribute(TAKEN);
		if (!counts) {
			try {
				this.counter.giveBack(key);
			}
			catch (RuntimeException ex) {
				failed(ex);
			}
		}
	}

	/** Who calls is nobody's business, so a hash is all that is kept. */
	private static String key(String counter, LocalDate day, String name) {
		return Sha256.hex(String.join("\n", counter, day.toString(), name));
	}

	private void failed(RuntimeException failure) {
		if (this.failing.compareAndSet(false, true)) {
			logger.warn("Free calls cannot be counted in {}, so that all are charged until they can: {}",
					this.counter.place(), failure.toString());
		}
	}

	private void works() {
		if (this.failing.compareAndSet(true, false)) {
			logger.info("Free calls are counted again");
		}
	}

	String place() {
		return this.counter.place();
	}

}
