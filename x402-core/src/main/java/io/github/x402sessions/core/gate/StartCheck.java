package io.github.x402sessions.core.gate;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.FacilitatedKind;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.KindLimits;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator, once, whether a facilitator takes the routes of this server, and
 * the server itself: as soon as it has told what it supports, which anybody may ask, a
 * payment with nothing in it is verified. That costs nobody anything, cannot be valid,
 * and only a server that it knows gets an answer.
 */
public final class StartCheck implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(StartCheck.class);

	/** Recipients that are asked about. */
	private static final int MOST_RECIPIENTS = 5;

	/** Kinds that are named. */
	private static final int MOST_KINDS = 10;

	/** What is wrong with the terms, whatever the payment. */
	private static final Set<String> REFUSED_TERMS = Set.of("scheme_mismatch", "unsupported_scheme", "network_mismatch",
			"invalid_network", "asset_mismatch", "recipient_mismatch", "per_call_limit_exceeded",
			"invalid_payment_requirements");

	private final RefreshingFacilitator facilitator;

	private final Facilitator all;

	private final Supplier<? extends Collection<? extends PriceList>> pricing;

	private final AtomicBoolean done = new AtomicBoolean();

	private StartCheck(RefreshingFacilitator facilitator, Facilitator all,
			Supplier<? extends Collection<? extends PriceList>> pricing) {
		this.facilitator = facilitator;
		this.all = all;
		this.pricing = pricing;
	}

	/**
	 * Create a check of a facilitator, to be run whenever that has told what it supports.
	 * @param facilitator the facilitator
	 * @param all all of this server's facilitators, of which each payment has one
	 * @param pricing returns what is for sale
	 * @return a check that is made the first time that it is run, and calls the
	 * facilitator then
	 */
	public static StartCheck of(RefreshingFacilitator facilitator, Facilitator all,
			Supplier<? extends Collection<? extends PriceList>> pricing) {
		return new StartCheck(Objects.requireNonNull(facilitator, "facilitator"), Objects.requireNonNull(all, "all"),
				Objects.requireNonNull(pricing, "pricing"));
	}

	@Override
	public void run() {
		if (!this.done.compareAndSet(false, true)) {
			return;
		}
		Sorted routes = new Sorted();
		for (PriceList prices : this.pricing.get()) {
			prices.routes().forEach((route) -> routes.add(route, prices.isPricedPerRequest(route)));
		}
		if (routes.number == 0) {
			return;
		}
		if (routes.taken == 0 && routes.elsewhere == routes.number) {
			logger.info("Facilitator '{}' is not needed: others take all routes", this.facilitator.name());
			return;
		}
		Access access = access(routes.terms.values());
		if (access != Access.REFUSED) {
			tell(routes,
					(access == Access.UNKNOWN) ? "; whether it knows this server shows with the first payment" : "");
		}
	}

	private void tell(Sorted routes, String doubt) {
		String name = this.facilitator.name();
		if (routes.taken == routes.number) {
			logger.info("Facilitator '{}' takes {}{}", name,
					(routes.number == 1) ? "the only route" : "all " + routes.number + " routes", doubt);
		}
		else if (routes.taken + routes.elsewhere == routes.number) {
			logger.info("Facilitator '{}' takes {} of {} routes, others the rest{}", name, routes.taken, routes.number,
					doubt);
		}
		else if (routes.taken + routes.elsewhere + routes.unknown == routes.number) {
			logger.info("Facilitator '{}' takes {} of {} routes; another has not told yet whether it takes others{}",
					name, routes.taken, routes.number, doubt);
		}
		else {
			logger.warn("Facilitator '{}' takes {} of {} routes; it supports {}. Set scheme, network, asset and prices "
					+ "to what it takes (x402.scheme and so on), or x402.facilitator.url (in web.xml facilitatorUrl) to "
					+ "one that takes them{}", name, routes.taken, routes.number, kinds(), doubt);
		}
	}

	private String kinds() {
		List<String> kinds = this.facilitator.supported()
			.kinds()
			.stream()
			.map((kind) -> plain(kind.scheme() + " on " + kind.network()))
			.distinct()
			.toList();
		if (kinds.isEmpty()) {
			return "nothing";
		}
		String named = String.join(", ", kinds.subList(0, Math.min(MOST_KINDS, kinds.size())));
		return (kinds.size() > MOST_KINDS) ? named + " and " + (kinds.size() - MOST_KINDS) + " more" : named;
	}

	/** It is somebody else's text. */
	private static String plain(String text) {
		String printable = text.replaceAll("[^\\x20-\\x7E]", "?");
		return (printable.length() > 80) ? printable.substring(0, 80) + "…" : printable;
	}

	/**
	 * The facilitator itself tells the operator of a refusal, and that it is not well.
	 */
	private Access access(Collection<PaymentRequirements> terms) {
		Access access = Access.GRANTED;
		for (PaymentRequirements asked : terms.stream().limit(MOST_RECIPIENTS).toList()) {
			try {
				VerifyResponse verdict = this.facilitator
					.verify(FacilitatorRequest.of(PaymentPayload.of(null, asked, Map.of()), asked));
				if (!verdict.isValid() && REFUSED_TERMS.contains(String.valueOf(verdict.invalidReason()))) {
					logger.warn(
							"Facilitator '{}' takes no payments to {} by {} on {}: {}. Ask its operator what it "
									+ "takes, or change the terms",
							this.facilitator.name(), asked.payTo(), asked.scheme(), asked.network(),
							verdict.invalidReason());
				}
			}
			catch (FacilitatorAccessException ex) {
				return Access.REFUSED;
			}
			catch (FacilitatorException ex) {
				access = Access.UNKNOWN;
			}
		}
		return access;
	}

	private enum Access {

		GRANTED, REFUSED, UNKNOWN

	}

	/** The routes by who takes them, and one of the terms for each recipient here. */
	private final class Sorted {

		private final Map<List<String>, PaymentRequirements> terms = new LinkedHashMap<>();

		private int number;

		private int taken;

		private int elsewhere;

		/** What a facilitator would take, perhaps, that has not told. */
		private int unknown;

		void add(PricedRoute route, boolean perRequest) {
			this.number++;
			Taker best = route.accepts()
				.stream()
				.map((way) -> taker(way, perRequest))
				.min(Comparator.naturalOrder())
				.orElse(Taker.NOBODY);
			this.taken += (best == Taker.THIS) ? 1 : 0;
			this.elsewhere += (best == Taker.ANOTHER) ? 1 : 0;
			this.unknown += (best == Taker.PERHAPS_ANOTHER) ? 1 : 0;
		}

		private Taker taker(PaymentTerms way, boolean perRequest) {
			Optional<FacilitatedKind> found;
			try {
				found = StartCheck.this.all.find(way.scheme(), way.network());
			}
			catch (FacilitatorException ex) {
				return Taker.PERHAPS_ANOTHER;
			}
			if (found.isEmpty() || !(perRequest
					|| KindLimits.of(found.get().kind()).refusal(way.asset(), way.amount()).isEmpty())) {
				return Taker.NOBODY;
			}
			if (found.get().facilitator() != StartCheck.this.facilitator) {
				return Taker.ANOTHER;
			}
			this.terms.putIfAbsent(List.of(way.scheme(), way.network(), way.payTo()),
					way.toRequirements(KindLimits.termsOf(found.get().kind())));
			return Taker.THIS;
		}

	}

	/** The better the earlier. */
	private enum Taker {

		THIS, ANOTHER, PERHAPS_ANOTHER, NOBODY

	}

}
