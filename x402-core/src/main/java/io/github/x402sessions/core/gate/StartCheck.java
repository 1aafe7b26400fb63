package io.github.x402sessions.core.gate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.terms.PriceList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells the operator, once, whether a facilitator takes the routes of this server, and
 * the server itself: as soon as it has told what it supports, which anybody may ask, a
 * payment with nothing in it is verified. That costs nobody anything, cannot be valid,
 * and only a server that it knows gets an answer.
 */
public final class StartCheck implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(StartCheck.class);

	/** Recipients that are asked about, each for each kind of payment. */
	private static final int MOST_RECIPIENTS = 5;

	/** Kinds that are named. */
	private static final int MOST_KINDS = 10;

	/** What is wrong with the terms, whatever the payment. */
	private static final Set<String> REFUSED_TERMS = Set.of("scheme_mismatch", "unsupported_scheme", "network_mismatch",
			"invalid_network", "asset_mismatch", "recipient_mismatch", "invalid_payment_requirements");

	/** The same of the price alone, and of whatever costs more. */
	private static final String TOO_MUCH = "per_call_limit_exceeded";

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
		RouteTakers routes = new RouteTakers(this.facilitator, this.all, this.pricing.get());
		if (routes.number() == 0) {
			return;
		}
		if (routes.count(RouteTakers.Taker.ANOTHER) == routes.number()) {
			logger.info("Facilitator '{}' is not needed: others take all routes", this.facilitator.name());
			return;
		}
		List<PaymentRequirements> recipients = routes.recipients();
		Access access = access(recipients, routes);
		if (access != Access.REFUSED) {
			tell(routes, doubt(access, recipients.size()));
		}
	}

	private static String doubt(Access access, int recipients) {
		String some = (recipients > MOST_RECIPIENTS)
				? "; of " + recipients + " recipients and kinds it was asked about " + MOST_RECIPIENTS : "";
		return (access == Access.UNKNOWN) ? some + "; whether it knows this server shows with the first payment" : some;
	}

	private void tell(RouteTakers routes, String doubt) {
		int number = routes.number();
		int taken = routes.count(RouteTakers.Taker.THIS);
		if (taken == number) {
			logger.info("Facilitator '{}' takes {}{}", this.facilitator.name(),
					(number == 1) ? "the only route" : "all " + number + " routes", doubt);
			return;
		}
		int others = routes.count(RouteTakers.Taker.ANOTHER);
		int unknown = routes.count(RouteTakers.Taker.PERHAPS_ANOTHER);
		int refused = routes.count(RouteTakers.Taker.REFUSED);
		int wrong = number - taken - others - unknown - refused;
		StringBuilder rest = new StringBuilder();
		if (others > 0) {
			rest.append(", others ").append((taken + others == number) ? "the rest" : others);
		}
		if (unknown > 0) {
			rest.append("; ").append(unknown).append(" may be taken by another, which has not told yet");
		}
		if (refused > 0) {
			rest.append("; it refuses the terms of ").append(refused).append(", as told above");
		}
		if (wrong > 0) {
			rest.append("; it supports ")
				.append(kinds())
				.append(". Set scheme, network, asset and prices to what it takes (x402.scheme and so on), or "
						+ "x402.facilitator.url (in web.xml facilitatorUrl) to one that takes them");
		}
		logger.atLevel((refused + wrong > 0) ? Level.WARN : Level.INFO)
			.log("Facilitator '{}' takes {} of {} routes{}{}", this.facilitator.name(), taken, number, rest, doubt);
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
	private Access access(List<PaymentRequirements> recipients, RouteTakers routes) {
		Access access = Access.GRANTED;
		for (PaymentRequirements asked : recipients.stream().limit(MOST_RECIPIENTS).toList()) {
			try {
				VerifyResponse verdict = this.facilitator
					.verify(FacilitatorRequest.of(PaymentPayload.of(null, asked, Map.of()), asked));
				String reason = String.valueOf(verdict.invalidReason());
				if (!verdict.isValid() && (REFUSED_TERMS.contains(reason) || reason.equals(TOO_MUCH))) {
					routes.refuse(asked, reason.equals(TOO_MUCH));
					logger.warn(
							"Facilitator '{}' takes no payments to {} by {} on {}: {}. Ask its operator what it "
									+ "takes, or change the terms",
							this.facilitator.name(), asked.payTo(), asked.scheme(), asked.network(), reason);
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

}
