package io.github.x402sessions.core.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

import io.github.x402sessions.core.facilitator.FacilitatedKind;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.KindLimits;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.SettlementTiming;
import org.jspecify.annotations.Nullable;

/**
 * A server's terms for one request as they go on the wire.
 *
 * @param route the route that is for sale
 * @param resource the resource that is for sale
 * @param terms the terms that can be met, in the route's order
 * @param missing the terms that cannot
 * @param extensions what is said beside them
 */
record Offer(PricedRoute route, ResourceInfo resource, List<OfferedTerms> terms, List<MissingTerms> missing,
		GateExtensions extensions) {

	/**
	 * Leave out what no facilitator can settle or takes, add its facilitator's extra to
	 * the rest.
	 */
	static Offer of(PricedRoute route, String resourceUrl, Facilitator facilitator) {
		return of(route, resourceUrl, facilitator,
				(terms, kind) -> KindLimits.of(kind.kind()).refusal(terms.asset(), terms.amount()));
	}

	/** The same where no limit can be held to: the prices are not known yet, or paid. */
	static Offer ofKinds(PricedRoute route, String resourceUrl, Facilitator facilitator) {
		return of(route, resourceUrl, facilitator, (terms, kind) -> Optional.empty());
	}

	private static Offer of(PricedRoute route, String resourceUrl, Facilitator facilitator,
			BiFunction<PaymentTerms, FacilitatedKind, Optional<String>> refusal) {
		List<OfferedTerms> offered = new ArrayList<>();
		List<MissingTerms> missing = new ArrayList<>();
		for (PaymentTerms terms : route.accepts()) {
			try {
				FacilitatedKind kind = facilitator.find(terms.scheme(), terms.network()).orElse(null);
				Optional<String> refused = (kind != null) ? refusal.apply(terms, kind)
						: Optional.of("no facilitator supports it");
				if (kind != null && refused.isEmpty()) {
					offered.add(OfferedTerms.of(terms, route.timing(), kind));
				}
				refused.ifPresent((why) -> missing.add(new MissingTerms(terms, why, null)));
			}
			catch (FacilitatorException ex) {
				missing.add(new MissingTerms(terms, String.valueOf(ex.getMessage()), ex));
			}
		}
		return new Offer(route, route.resource(resourceUrl), offered, missing, GateExtensions.NONE);
	}

	/** Say more in its challenges. */
	Offer with(GateExtensions extensions) {
		return new Offer(this.route, this.resource, this.terms, this.missing, extensions);
	}

	/** Whether there is no way to pay. */
	boolean isEmpty() {
		return this.terms.isEmpty();
	}

	/** The first failure to find out what is supported. */
	Optional<FacilitatorException> failure() {
		return this.missing.stream().map(MissingTerms::failure).filter(Objects::nonNull).findFirst();
	}

	/** What is wrong with the offer, in a sentence for the operator. */
	Optional<String> problem() {
		if (this.missing.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of("route '" + this.route.name() + "' "
				+ (isEmpty() ? "cannot be paid: " : "cannot be paid in all its ways: ") + this.missing);
	}

	/**
	 * The ways to pay that are settled at commit although the route settles later, in a
	 * sentence for the operator.
	 */
	Optional<String> undeferred() {
		if (this.route.timing() != SettlementTiming.DEFERRED) {
			return Optional.empty();
		}
		List<String> kinds = this.terms.stream()
			.filter((offered) -> !offered.isDeferred())
			.map((offered) -> offered.terms().scheme() + " on " + offered.terms().network())
			.toList();
		return kinds.isEmpty() ? Optional.empty() : Optional.of("route '" + this.route.name()
				+ "' settles at commit, because its facilitator does not settle later on: " + kinds);
	}

	PaymentRequired challenge(@Nullable String error) {
		return this.extensions.all(this.route, terms(error));
	}

	/** The challenge without what is another one each time. */
	PaymentRequired constantChallenge() {
		return this.extensions.constant(this.route, terms(null));
	}

	private PaymentRequired terms(@Nullable String error) {
		PaymentRequired required = PaymentRequired.of(error, this.resource,
				this.terms.stream().map(OfferedTerms::requirements).toList());
		boolean needed = this.route.identifierRequired();
		return (needed || this.terms.stream().anyMatch(OfferedTerms::paysOnce))
				? required.withExtension(PaymentIdentifier.EXTENSION, PaymentIdentifier.advertisement(needed))
				: required;
	}

	/** Refuse a payment that is for another call than the one that is offered. */
	PaymentDecision.Denied refuseCall(String why) {
		String network = this.terms.get(0).terms().network();
		return new PaymentDecision.Refused(challenge(ReceivedCall.MISMATCH),
				SettleResponse.failure(ReceivedCall.MISMATCH, why, network));
	}

	/** Find our own terms that a client accepted. */
	Optional<OfferedTerms> matching(PaymentRequirements accepted) {
		return this.terms.stream().filter((ours) -> ours.matches(accepted)).findFirst();
	}

	/**
	 * One way to pay that cannot be offered now.
	 *
	 * @param terms the way
	 * @param why why not, for the operator
	 * @param failure why it is not known whether a facilitator supports it; {@code null}
	 * if it is known that none takes it
	 */
	record MissingTerms(PaymentTerms terms, String why, @Nullable FacilitatorException failure) {

		@Override
		public String toString() {
			return this.terms.scheme() + " on " + this.terms.network() + " (" + this.why + ")";
		}

	}

}
