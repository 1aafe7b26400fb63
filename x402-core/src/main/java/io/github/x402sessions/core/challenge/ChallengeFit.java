package io.github.x402sessions.core.challenge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether a challenge fits into the response headers that the container sends: 8
 * KiB by default on Tomcat and Jetty, which drop the connection or answer 500 beyond it.
 * What nobody has to know in order to pay is left out of one that does not fit. The
 * operator is told once per route when it comes near; at the start, if that much is known
 * then.
 */
final class ChallengeFit {

	private static final Logger logger = LoggerFactory.getLogger(ChallengeFit.class);

	/** Room for the status line and what the container adds: Date, Server, Connection. */
	private static final int RESERVE = 512;

	/** A request target of this length is the server's to cope with. */
	private static final int ORDINARY_URL = 512;

	/** Of one {@code char}. */
	private static final int MAX_UTF8_BYTES = 3;

	private static final int MAX_ROUTES = 1000;

	private final int limit;

	private final Set<String> told = ConcurrentHashMap.newKeySet();

	private final Set<String> shortened = ConcurrentHashMap.newKeySet();

	/**
	 * Create a check.
	 * @param limit how large all headers of a response may be, bytes
	 */
	ChallengeFit(int limit) {
		this.limit = limit;
	}

	/** The degree to which a challenge fits. */
	enum Fit {

		/** It does. */
		FITS,

		/** It would, were it not for the URL that the client sent. */
		URL_TOO_LONG,

		/** It does not, whatever the client sends. */
		TOO_LARGE

	}

	/**
	 * Judge at the start what is known of a challenge then.
	 * @throws IllegalArgumentException if it cannot fit, whatever a facilitator adds and
	 * is left out
	 */
	void judge(PricedRoute route, PaymentRequired known) {
		PaymentRequired fitting = shorten(route, known, this.limit - RESERVE, PaymentHeader::encode);
		int size = RESERVE + size(PaymentHeader.REQUIRED, PaymentHeader.encode(fitting));
		if (size > this.limit) {
			throw new IllegalArgumentException("the terms of route '" + route.name()
					+ "' do not fit into the response headers: " + size + " of " + this.limit + " bytes");
		}
		if (isNear(size)) {
			tell(route, size);
		}
	}

	/**
	 * Leave out of a challenge what is beside its terms, the last first, as far as it
	 * does not fit into an uncommitted response.
	 */
	PaymentRequired shorten(PricedRoute route, PaymentRequired required, OwnAnswer answer,
			Function<PaymentRequired, String> encoder) {
		return shorten(route, required, this.limit - RESERVE - size(answer), encoder);
	}

	private PaymentRequired shorten(PricedRoute route, PaymentRequired full, int room,
			Function<PaymentRequired, String> encoder) {
		PaymentRequired fitting = full;
		List<String> left = new ArrayList<>();
		while (size(PaymentHeader.REQUIRED, encoder.apply(fitting)) > room) {
			String last = last(fitting);
			if (last == null) {
				break;
			}
			left.add(last);
			fitting = without(fitting, last);
		}
		if (!left.isEmpty() && this.shortened.size() < MAX_ROUTES && this.shortened.add(route.name())) {
			logger.warn("The challenge of route '{}' does not fit into the response headers, which may have {} bytes. "
					+ "It is sent without its extensions {}", route.name(), this.limit, left);
		}
		return fitting;
	}

	/** A client has to know how to name its payments. */
	private static @Nullable String last(PaymentRequired required) {
		if (required.extensions() == null) {
			return null;
		}
		return required.extensions()
			.keySet()
			.stream()
			.filter((name) -> !PaymentIdentifier.EXTENSION.equals(name))
			.reduce((earlier, later) -> later)
			.orElse(null);
	}

	private static PaymentRequired without(PaymentRequired required, String name) {
		Map<String, @Nullable Object> rest = new LinkedHashMap<>();
		if (required.extensions() != null) {
			rest.putAll(required.extensions());
		}
		rest.remove(name);
		return required.withExtensions(rest.isEmpty() ? null : rest);
	}

	/** Judge a challenge that joins the headers of an uncommitted response. */
	Fit judge(PricedRoute route, PaymentRequired required, String encoded, OwnAnswer answer) {
		int size = RESERVE + size(answer) + size(PaymentHeader.REQUIRED, encoded);
		int ownSize = size - base64(excess(required.resource().url()));
		if (isNear(ownSize)) {
			tell(route, ownSize);
		}
		if (size <= this.limit) {
			return Fit.FITS;
		}
		return (ownSize <= this.limit) ? Fit.URL_TOO_LONG : Fit.TOO_LARGE;
	}

	/** How much longer than ordinary a URL is, bytes. */
	private static int excess(String url) {
		if (url.length() <= ORDINARY_URL / MAX_UTF8_BYTES) {
			return 0;
		}
		return Math.max(0, url.getBytes(StandardCharsets.UTF_8).length - ORDINARY_URL);
	}

	private boolean isNear(int size) {
		return size > this.limit / 4 * 3;
	}

	private void tell(PricedRoute route, int size) {
		if (this.told.size() < MAX_ROUTES && this.told.add(route.name())) {
			if (size > this.limit) {
				logger.error("The terms of route '{}' do not fit into the response headers: {} of {} bytes. It cannot "
						+ "be paid; shorten its description, extra or number of ways to pay, or raise the limit of "
						+ "the container and of the filter", route.name(), size, this.limit);
			}
			else {
				logger.warn("The terms of route '{}' come near the limit of the response headers: {} of {} bytes",
						route.name(), size, this.limit);
			}
		}
	}

	private static int size(OwnAnswer answer) {
		int size = 0;
		for (String name : answer.names()) {
			for (String value : answer.values(name)) {
				size += size(name, value);
			}
		}
		return size;
	}

	private static int size(String name, String value) {
		return name.length() + value.length() + ": \r\n".length();
	}

	private static int base64(int bytes) {
		return (bytes + 2) / 3 * 4;
	}

}
