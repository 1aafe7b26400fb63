package io.github.x402sessions.core.gate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator which routes cannot be paid, once when that begins or changes and
 * once when it ends, however many requests come. Thread-safe.
 */
final class OfferLog {

	private static final Logger logger = LoggerFactory.getLogger(OfferLog.class);

	/** More routes than this are not remembered; names should be patterns, not URLs. */
	private static final int MAX_ROUTES = 1000;

	private final Map<String, String> problems = new ConcurrentHashMap<>();

	void note(Offer offer) {
		String name = offer.route().name();
		if (offer.missing().isEmpty()) {
			if (!this.problems.isEmpty() && this.problems.remove(name) != null) {
				logger.info("Route '{}' can be paid again in all its ways", name);
			}
			return;
		}
		String problem = offer.problem().orElseThrow();
		if (this.problems.size() >= MAX_ROUTES) {
			this.problems.clear();
		}
		if (problem.equals(this.problems.put(name, problem))) {
			return;
		}
		if (offer.isEmpty()) {
			logger.error("Payments cannot be asked for: {}", problem);
		}
		else {
			logger.warn("Payments are asked for in fewer ways than configured: {}", problem);
		}
	}

}
