package io.github.x402sessions.servlet.challenge;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.terms.PricedRoute;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether a challenge fits into the response headers that the container sends: 8
 * KiB by default on Tomcat and Jetty, which drop the connection or answer 500 beyond it.
 * The operator is told once per route when it comes near; at the start, if that much is
 * known then.
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
	 * @throws IllegalArgumentException if it cannot fit, whatever a facilitator adds
	 */
	void judge(PricedRoute route, PaymentRequired known) {
		int size = RESERVE + size(PaymentHeader.REQUIRED, PaymentHeader.encode(known));
		if (size > this.limit) {
			throw new IllegalArgumentException("the terms of route '" + route.name()
					+ "' do not fit into the response headers: " + size + " of " + this.limit + " bytes");
		}
		if (isNear(size)) {
			tell(route, size);
		}
	}

	/** Judge a challenge that joins the headers of an uncommitted response. */
	Fit judge(PricedRoute route, PaymentRequired required, String encoded, HttpServletResponse response) {
		int size = RESERVE + size(response) + size(PaymentHeader.REQUIRED, encoded);
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

	private static int size(HttpServletResponse response) {
		int size = 0;
		for (String name : response.getHeaderNames()) {
			for (String value : response.getHeaders(name)) {
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
