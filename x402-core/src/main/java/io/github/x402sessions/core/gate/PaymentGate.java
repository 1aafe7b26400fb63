package io.github.x402sessions.core.gate;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.core.X402Exception;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on requests for priced resources and settles what was decided. What is charged
 * is always what the server itself asks; nothing in a payment is trusted. Any doubt keeps
 * the gate shut. Thread-safe.
 */
public final class PaymentGate {

	private static final Logger logger = LoggerFactory.getLogger(PaymentGate.class);

	/** Stands for a resource where none is asked for. */
	private static final String START = "urn:x402-sessions:start";

	private final Facilitator facilitator;

	private final int maxHeaderLength;

	private final OfferLog log = new OfferLog();

	/** Anybody can send requests while the facilitator fails. */
	private final Throttle warnings = new Throttle(Duration.ofSeconds(10));

	private final GateExtensions extensions;

	private final Settler settler;

	private final Holds holds;

	/**
	 * Create a gate that reads payment headers of up to 8 KiB.
	 * @param facilitator the facilitator that verifies and settles. It should know what
	 * it supports without a call, because that is asked for every request
	 */
	public PaymentGate(Facilitator facilitator) {
		this(facilitator, PaymentHeader.DEFAULT_MAX_LENGTH);
	}

	/**
	 * Create a gate.
	 * @param facilitator the facilitator that verifies and settles. It should know what
	 * it supports without a call, because that is asked for every request
	 * @param maxHeaderLength the longest payment header that is read, characters
	 */
	public PaymentGate(Facilitator facilitator, int maxHeaderLength) {
		this(facilitator, maxHeaderLength, List.of(), List.of());
	}

	/**
	 * Create a gate that says more than its terms.
	 * @param facilitator the facilitator that verifies and settles
	 * @param maxHeaderLength the longest payment header that is read, characters
	 * @param challenges what is added to challenges, in the order of importance: of a
	 * challenge that is too long for its transport the last one is left out first
	 * @param receipts what is added to receipts, in that order too
	 */
	public PaymentGate(Facilitator facilitator, int maxHeaderLength, List<? extends ChallengeExtension> challenges,
			List<? extends ReceiptExtension> receipts) {
		this.facilitator = Objects.requireNonNull(facilitator, "facilitator");
		this.maxHeaderLength = maxHeaderLength;
		this.extensions = new GateExtensions(challenges, receipts);
		this.settler = new Settler(new SettlementRetry(Duration.ofMillis(200), Duration.ofSeconds(1)), this.extensions);
		this.holds = new Holds(this.settler);
	}

	/**
	 * Check that routes can be paid in every way they accept, for a start that is strict
	 * about it.
	 * @param routes the routes to check
	 * @throws UnpayableRouteException if one cannot be paid in one of its ways, or it is
	 * not known; the message names the routes and the kinds
	 */
	public void requireSupport(Collection<PricedRoute> routes) {
		requireNone(routes.stream().map((route) -> Offer.of(route, START, this.facilitator).problem()));
	}

	/**
	 * Check the same of routes whose prices are known only with a request.
	 * @param routes the routes to check
	 * @throws UnpayableRouteException if one cannot be paid in one of its ways, whatever
	 * its price
	 */
	public void requireKinds(Collection<PricedRoute> routes) {
		requireNone(routes.stream().map((route) -> Offer.ofKinds(route, START, this.facilitator).problem()));
	}

	private static void requireNone(Stream<Optional<String>> found) {
		List<String> problems = found.flatMap(Optional::stream).toList();
		if (!problems.isEmpty()) {
			throw new UnpayableRouteException(String.join("; ", problems));
		}
	}

	/**
	 * Tell the operator, in the log, which routes cannot be paid in one of their ways, as
	 * far as that is known by now. What was told is not told again by the first request.
	 * @param routes the routes to check
	 */
	public void tellSupport(Collection<PricedRoute> routes) {
		this.log.note(routes.stream().map((route) -> Offer.of(route, START, this.facilitator)).toList());
	}

	/**
	 * Return a challenge without what its facilitators will add to it.
	 * @param route the route
	 * @param resourceUrl an absolute URL of the resource
	 * @return what is known before a facilitator is asked
	 */
	public static PaymentRequired knownTerms(PricedRoute route, String resourceUrl) {
		return PaymentRequired.of(null, route.resource(resourceUrl),
				route.accepts().stream().map((terms) -> terms.toRequirements(Map.of())).toList());
	}

	/**
	 * Return a challenge with the gate's extensions, but without what its facilitators
	 * will add to it.
	 * @param route the route
	 * @param resourceUrl an absolute URL of the resource
	 * @return what is known before a facilitator is asked
	 */
	public PaymentRequired knownChallenge(PricedRoute route, String resourceUrl) {
		return this.extensions.all(route, knownTerms(route, resourceUrl));
	}

	/**
	 * Read a payment header. Everything that can be wrong with what a client sends shows
	 * here; whether the payment buys anything does not.
	 * @param paymentHeader the header's value
	 * @return the payment
	 * @throws MalformedMessageException if it is not a payment; the message is for the
	 * client's developer
	 */
	public PaymentPayload read(String paymentHeader) {
		PaymentPayload payment = PaymentHeader.decode(paymentHeader, PaymentPayload.class, this.maxHeaderLength);
		PaymentIdentifier.of(payment);
		ReceivedCall.signedIn(payment);
		return payment;
	}

	/**
	 * Decide on a request of a transport that has no methods. A payment that was signed
	 * for a method is refused.
	 * @param route the priced route that the request is for
	 * @param resourceUrl the absolute URL of the resource, for the challenge
	 * @param payment the payment that came with it, as {@link #read}, or {@code null} if
	 * none did
	 * @return what is to be done
	 */
	public PaymentDecision decide(PricedRoute route, String resourceUrl, @Nullable PaymentPayload payment) {
		return decide(route, ReceivedCall.of(resourceUrl), payment);
	}

	/**
	 * Decide on a request. Whether its body is the one that its payer has signed for is
	 * for the transport to find out, because a body may come later: {@link #refuse} the
	 * payment, or do not settle it.
	 * @param route the priced route that the request is for
	 * @param call the call that was received; its URL is for the challenge too
	 * @param payment the payment that came with it, as {@link #read}, or {@code null} if
	 * none did
	 * @return what is to be done
	 */
	public PaymentDecision decide(PricedRoute route, ReceivedCall call, @Nullable PaymentPayload payment) {
		return decision(route, call, payment, null);
	}

	/**
	 * Refuse a payment that was signed for another call, without asking anybody: before
	 * anything is looked up by the payment, so that whoever has captured it learns
	 * nothing.
	 * @param route the priced route that the request is for
	 * @param call the call that was received; its URL is for the challenge
	 * @param why what differs, for the client's developer
	 * @return what is to be answered
	 */
	public PaymentDecision.Denied refuse(PricedRoute route, ReceivedCall call, String why) {
		try {
			Offer offer = noted(Offer.of(route, call.resource(), this.facilitator).with(this.extensions));
			return offer.isEmpty() ? notOffered(offer) : offer.refuseCall(why);
		}
		catch (FacilitatorException | MalformedMessageException ex) {
			return unavailable(route, ex);
		}
	}

	/**
	 * Find out what is wrong with a payment for a call without asking anybody: before its
	 * body is read, so that only who means this call makes the server read one.
	 * @param route the priced route that the request is for
	 * @param call the call that was received; its URL is for the challenge
	 * @param payment the payment that came with it, as {@link #read}
	 * @return what is to be answered, or empty if the payment is to be decided on
	 */
	public Optional<PaymentDecision.Denied> refusal(PricedRoute route, ReceivedCall call, PaymentPayload payment) {
		try {
			Offer offer = Offer.ofKinds(route, call.resource(), this.facilitator).with(this.extensions);
			if (offer.isEmpty()) {
				return Optional.of(notOffered(noted(offer)));
			}
			return call.difference(payment).map(offer::refuseCall).or(() -> mismatch(offer, payment));
		}
		catch (FacilitatorException | MalformedMessageException ex) {
			return Optional.of(unavailable(route, ex));
		}
	}

	/**
	 * Decide on a request whose payment may have been settled before for an answer that
	 * its payer never got. Where it was, or nobody knows, it is verified for what was
	 * settled, which is all that may be settled again: {@link #settleAgain}. Where that
	 * cannot be verified now, it stays unknown whether it was. Limits that a facilitator
	 * has announced since are for new payments.
	 * @param route the priced route that the request is for
	 * @param call the call that was received; its URL is for the challenge too
	 * @param payment the payment, with the identifier that it had before, or {@code null}
	 * if none came
	 * @param owed what was to be settled before, base units, or {@code null} if nothing
	 * was
	 * @return what is to be done
	 */
	public PaymentDecision decide(PricedRoute route, ReceivedCall call, @Nullable PaymentPayload payment,
			@Nullable BigInteger owed) {
		if (payment == null || owed == null) {
			return decide(route, call, payment);
		}
		return decision(route, call, payment, owed).fold((verified) -> verified, (denied) -> again(denied, payment));
	}

	/**
	 * Tell why an answer that a payment has bought is not repeated. The holder of a key
	 * alone gets what was bought with it: a payment that is signed for its call is
	 * verified each time. Others were compared with what they have bought, which is
	 * enough.
	 * @param route the priced route that the request is for
	 * @param call the call that was received
	 * @param payment the payment that came
	 * @param paid what was settled for the answer, base units, or {@code null} if that is
	 * not known
	 * @return the refusal, or empty if the answer is to be repeated
	 */
	public Optional<PaymentDecision.Denied> refusalOfRepeat(PricedRoute route, ReceivedCall call,
			@Nullable PaymentPayload payment, @Nullable BigInteger paid) {
		if (payment == null || ReceivedCall.signedIn(payment).isEmpty()) {
			return Optional.empty();
		}
		return decide(route, call, payment, paid).fold((verified) -> Optional.empty(), Optional::of);
	}

	private static PaymentDecision again(PaymentDecision.Denied denied, PaymentPayload payment) {
		PaymentDecision unknown = new PaymentDecision.SettlementUnknown(
				SettlementOutcome.Unknown.on(payment.accepted().network()).response());
		return denied.fold((challenge) -> challenge, (refused) -> refused, (unavailable) -> unknown, (known) -> known,
				(notPayable) -> unknown, (spent) -> spent, (missing) -> missing);
	}

	private PaymentDecision decision(PricedRoute route, ReceivedCall call, @Nullable PaymentPayload payment,
			@Nullable BigInteger settled) {
		try {
			Offer offer = ((settled != null) ? Offer.ofKinds(route, call.resource(), this.facilitator)
					: noted(Offer.of(route, call.resource(), this.facilitator)))
				.with(this.extensions);
			if (offer.isEmpty()) {
				return notOffered(offer);
			}
			if (payment == null) {
				return new PaymentDecision.Challenge(offer.challenge(null));
			}
			return call.difference(payment)
				.<PaymentDecision>map(offer::refuseCall)
				.orElseGet(() -> verify(offer, payment, settled));
		}
		catch (FacilitatorException | MalformedMessageException ex) {
			return unavailable(route, ex);
		}
	}

	private static PaymentDecision.Denied notOffered(Offer offer) {
		return offer.failure().map(PaymentGate::unavailable).orElseGet(PaymentDecision.NotPayable::new);
	}

	private PaymentDecision.Denied unavailable(PricedRoute route, X402Exception failure) {
		this.warnings.run(() -> logger.warn("Route '{}' cannot be served: {} (told at most once in 10 seconds)",
				route.name(), failure.getMessage()));
		return unavailable(failure);
	}

	private Offer noted(Offer offer) {
		this.log.note(offer);
		return offer;
	}

	private static PaymentDecision.Denied unavailable(X402Exception failure) {
		return new PaymentDecision.Unavailable(failure instanceof FacilitatorUnavailableException);
	}

	/** What is wrong with a payment that no facilitator has to be asked about. */
	private static Optional<PaymentDecision.Denied> mismatch(Offer offer, PaymentPayload payment) {
		boolean identifierRequired = offer.route().identifierRequired() || ReceivedCall.signedIn(payment).isPresent();
		if (identifierRequired && PaymentIdentifier.of(payment).isEmpty()) {
			return Optional.of(new PaymentDecision.IdentifierMissing());
		}
		if (offer.matching(payment.accepted()).isEmpty()) {
			return Optional.of(new PaymentDecision.Refused(offer.challenge("no_matching_requirements"), null));
		}
		return ExtensionEcho.isFaithful(offer.constantChallenge(), payment) ? Optional.empty()
				: Optional.of(new PaymentDecision.Refused(offer.challenge(ExtensionEcho.MISMATCH), null));
	}

	private PaymentDecision verify(Offer offer, PaymentPayload payment, @Nullable BigInteger settled) {
		Optional<PaymentDecision.Denied> mismatch = mismatch(offer, payment);
		if (mismatch.isPresent()) {
			return mismatch.get();
		}
		OfferedTerms match = offer.matching(payment.accepted()).orElseThrow();
		PaymentRequirements asked = match.requirements();
		Facilitator chosen = match.facilitator();
		if (chosen.settlementPlaces().isFull()) {
			throw FacilitatorUnavailableException.unsent(Settler.CROWDED, null);
		}
		boolean paysOnce = match.paysOnce();
		if (settled != null && (!paysOnce || settled.compareTo(asked.baseUnits()) > 0)) {
			return new PaymentDecision.IdentifierSpent();
		}
		PaymentRequired required = offer.constantChallenge();
		PaymentPayload told = ToldPayment.of(payment, required);
		FacilitatorRequest request = paysOnce ? this.holds.claim(FacilitatorRequest.of(identified(told), asked), chosen)
				: FacilitatorRequest.of(told, asked);
		VerifyResponse response = chosen.verify((settled != null) ? request.charging(settled) : request);
		if (response.isValid()) {
			this.log.note(offer.route(), asked, response);
			return new PaymentDecision.Verified(request, required, response, chosen, paysOnce, offer.route());
		}
		if (Settler.isSpent(response.invalidReason())) {
			return new PaymentDecision.IdentifierSpent();
		}
		String reason = Settler.reason(response.invalidReason(), "unexpected_verify_error");
		return new PaymentDecision.Refused(offer.challenge(reason),
				SettleResponse.failure(reason, response.invalidMessage(), asked.network())
					.withPayer(Settler.payer(response.payer())));
	}

	/** A payment without an identifier gets one for our own calls. */
	private static PaymentPayload identified(PaymentPayload payment) {
		return PaymentIdentifier.of(payment).isPresent() ? payment : PaymentIdentifier.random().in(payment);
	}

	/**
	 * Settle a verified payment. To be called once for a decision. Where the facilitator
	 * honours payment identifiers, a call that got no answer is repeated; elsewhere it
	 * never is.
	 * @param verified the decision
	 * @return how the settlement ended
	 */
	public SettlementOutcome settle(PaymentDecision.Verified verified) {
		return begin(verified).make();
	}

	/**
	 * Begin to {@link #settle} a verified payment: nothing is sent yet, but it is known
	 * whether something will be. To be called once for a decision.
	 * @param verified the decision
	 * @return what is to be made
	 */
	public BegunSettlement begin(PaymentDecision.Verified verified) {
		return this.settler.begin(verified, false);
	}

	/**
	 * Leave a verified payment unsettled, because its server has lost the right to settle
	 * it: nothing is sent.
	 * @param verified the decision
	 * @param repeated whether it may have been settled before, for the same answer
	 * @return how a settlement ended that was not made
	 */
	public BegunSettlement notBegun(PaymentDecision.Verified verified, boolean repeated) {
		return this.settler.notBegun(verified, repeated);
	}

	/**
	 * Settle a verified payment that may have been settled before, for an answer that its
	 * payer never got. Only then does a receipt of that earlier settlement count.
	 * @param verified the decision
	 * @return how the settlement ended
	 * @throws IllegalArgumentException if its facilitator does not honour payment
	 * identifiers: asking again could charge twice
	 */
	public SettlementOutcome settleAgain(PaymentDecision.Verified verified) {
		return beginAgain(verified).make();
	}

	/**
	 * Begin to {@link #settleAgain settle again}, as {@link #begin} does.
	 * @param verified the decision
	 * @return what is to be made
	 * @throws IllegalArgumentException if its facilitator does not honour payment
	 * identifiers: asking again could charge twice
	 */
	public BegunSettlement beginAgain(PaymentDecision.Verified verified) {
		if (!verified.repeatable()) {
			throw new IllegalArgumentException("the facilitator could charge twice");
		}
		return this.settler.begin(verified, true);
	}

	/**
	 * Have what was verified held, for an answer that leaves before it is known what it
	 * costs. Holds of a payment that was settled before, or may have been, are not asked
	 * for: settle it again. To be called once for a decision.
	 * @param verified the decision
	 * @return whether it is held; if so, {@link #conclude} or
	 * {@link #release(HoldOutcome.Held) release} it
	 */
	public HoldOutcome hold(PaymentDecision.Verified verified) {
		return this.holds.hold(verified);
	}

	/**
	 * Settle what was used of a hold; the rest is given back. What gets no answer is
	 * asked for again until the hold lapses, so this may take that long. To be called
	 * once for a hold.
	 * @param held the hold
	 * @param baseUnits what was used in base units, from 1 to what is held
	 * @return how the settlement ended
	 * @throws IllegalArgumentException if the amount is out of range
	 */
	public SettlementOutcome conclude(HoldOutcome.Held held, BigInteger baseUnits) {
		return this.holds.conclude(held, baseUnits);
	}

	/**
	 * Give back all that is held: nothing is charged. Where the facilitator does not
	 * answer, the hold lapses.
	 * @param held the hold
	 */
	public void release(HoldOutcome.Held held) {
		this.holds.release(held);
	}

	/**
	 * Give back what may be held, for an answer that is not settled after all. Where the
	 * facilitator does not answer, a hold that stands lapses.
	 * @param doubtful the hold
	 */
	public void release(HoldOutcome.Doubtful doubtful) {
		this.holds.release(doubtful);
	}

	/**
	 * Add the gate's extensions to the receipt of an answer that was paid for and comes
	 * now. What fails is not paid for in the sense of a receipt that a server signs, nor
	 * is what has only been held.
	 * @param verified the decision
	 * @param receipt a success of its settlement
	 * @return the receipt to send
	 */
	public SettleResponse receipt(PaymentDecision.Verified verified, SettleResponse receipt) {
		if (!receipt.success()) {
			return receipt;
		}
		return this.extensions.receipt(verified.required(),
				(receipt.payer() != null) ? receipt : receipt.withPayer(verified.payer()));
	}

}
