package io.github.x402sessions.core.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.scheme.Deferral;
import io.github.x402sessions.core.scheme.PaymentScheme;
import io.github.x402sessions.core.terms.PricedRoute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator which routes cannot be paid, or are not settled as configured, once
 * when that begins or changes and once when it ends, however many requests come.
 * Thread-safe.
 */
final class OfferLog {

	private static final Logger logger = LoggerFactory.getLogger(OfferLog.class);

	/** More routes than this are not remembered; names should be patterns, not URLs. */
	private static final int MAX_ROUTES = 1000;

	private final Map<String, String> problems = new ConcurrentHashMap<>();

	private final Map<String, String> undeferred = new ConcurrentHashMap<>();

	private final Map<String, String> atOnce = new ConcurrentHashMap<>();

	/** A payer without credit is nobody's mistake, so one payment is enough to tell. */
	void note(PricedRoute route, PaymentRequirements asked, VerifyResponse verdict) {
		Deferral deferral = PaymentScheme.of(asked.scheme()).deferral();
		if (deferral.isAsked(asked) && deferral.isAtOnce(verdict)
				&& isNew(this.atOnce, route.name() + " " + asked.network() + " " + asked.payTo(), asked.payTo())) {
			logger.warn("Payments may be settled sooner than configured: the facilitator settles one for route '{}' at "
					+ "once. If it does so with all of them, it does not lend to {}; else their payers have no credit",
					route.name(), asked.payTo());
		}
	}

	void note(Offer offer) {
		notePayable(offer);
		noteDeferred(offer);
	}

	/** What is wrong with many routes alike is told in one line. */
	void note(Collection<Offer> offers) {
		Map<String, List<Offer>> alike = new LinkedHashMap<>();
		for (Offer offer : offers) {
			boolean missing = !offer.missing().isEmpty();
			if (missing && isNew(this.problems, offer.route().name(), offer.problem().orElseThrow())) {
				alike.computeIfAbsent(offer.isEmpty() + " " + offer.missing(), (why) -> new ArrayList<>()).add(offer);
			}
			note(offer);
		}
		alike.values().forEach((ones) -> tell(ones.get(0), ones.size() - 1));
	}

	private void noteDeferred(Offer offer) {
		String name = offer.route().name();
		String told = offer.undeferred().orElse(null);
		if (told == null) {
			if (!this.undeferred.isEmpty() && !offer.isEmpty() && this.undeferred.remove(name) != null) {
				logger.info("Route '{}' is settled later on, as configured", name);
			}
		}
		else if (isNew(this.undeferred, name, told)) {
			logger.warn("Payments are settled sooner than configured: {}", told);
		}
	}

	private static boolean isNew(Map<String, String> told, String name, String message) {
		if (told.size() >= MAX_ROUTES) {
			told.clear();
		}
		return !message.equals(told.put(name, message));
	}

	private void notePayable(Offer offer) {
		String name = offer.route().name();
		if (offer.missing().isEmpty()) {
			if (!this.problems.isEmpty() && this.problems.remove(name) != null) {
				logger.info("Route '{}' can be paid again in all its ways", name);
			}
			return;
		}
		String problem = offer.problem().orElseThrow();
		if (isNew(this.problems, name, problem)) {
			tell(offer, 0);
		}
	}

	private static void tell(Offer offer, int more) {
		String problem = offer.problem().orElseThrow()
				+ ((more > 0) ? ", and so it is with " + more + ((more == 1) ? " other route" : " other routes") : "");
		if (offer.isEmpty()) {
			logger.error("Payments cannot be asked for: {}", problem);
		}
		else {
			logger.warn("Payments are asked for in fewer ways than configured: {}", problem);
		}
	}

}
