package io.github.x402sessions.core.gate;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.SettlementPlaces;
import io.github.x402sessions.core.gate.SettlementRetry.Attempt;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.scheme.Deferral;
import io.github.x402sessions.core.scheme.PaymentScheme;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the most that an answer may cost held while it leaves, and in the end settled for
 * what was used of it. A hold that got no answer is asked for again under its identifier;
 * where none can be had, the payment may still be settled: a hold that stands after all
 * is concluded by that, or released where it does not come to it. A conclusion is asked
 * for until the hold lapses. Thread-safe.
 */
final class Holds {

	private static final Logger logger = LoggerFactory.getLogger(Holds.class);

	/** No hold is waited for longer, whatever its facilitator says. */
	private static final Duration LONGEST = Duration.ofHours(1);

	/** What the texts are made of by which this process alone ends what it has held. */
	private final byte[] secret = new byte[32];

	private final Settler settler;

	private final SettlementRetry conclusions = SettlementRetry.patient(Duration.ofMillis(200), Duration.ofSeconds(1),
			Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));

	private final SettlementRetry releases = new SettlementRetry(Duration.ofMillis(200), Duration.ofSeconds(1));

	Holds(Settler settler) {
		this.settler = settler;
		new SecureRandom().nextBytes(this.secret);
	}

	/**
	 * Say who may end what is held for a payment, if anything may be: nobody can but this
	 * process, which says the same whenever the payment comes again.
	 * @param request asks for a payment with an identifier
	 */
	FacilitatorRequest claim(FacilitatorRequest request, Facilitator facilitator) {
		PaymentRequirements asked = request.paymentRequirements();
		if (!isOffered(asked, facilitator)) {
			return request;
		}
		MessageDigest text = Sha256.begin();
		text.update(this.secret);
		text.update(PaymentIdentifier.of(request.paymentPayload()).orElseThrow().id().getBytes(StandardCharsets.UTF_8));
		return FacilitatorRequest.of(request.paymentPayload(),
				PaymentScheme.of(asked.scheme())
					.deferral()
					.heldBy(asked, Base64.getUrlEncoder().withoutPadding().encodeToString(text.digest())));
	}

	HoldOutcome hold(PaymentDecision.Verified verified) {
		if (!verified.repeatable() || !isOffered(verified.request().paymentRequirements(), verified.facilitator())) {
			return new HoldOutcome.NotHeld();
		}
		Attempt attempt = placed(verified, false, () -> this.settler.ask(verified, false,
				(request, limit) -> holding(request, verified.facilitator().hold(request))));
		return attempt.outcome()
			.fold((settled) -> held(verified, settled.response()), Holds::refused,
					(notMade) -> without(new HoldOutcome.NotHeld(), verified, attempt.why()),
					(unknown) -> without(new HoldOutcome.Doubtful(verified), verified, attempt.why()),
					HoldOutcome.Failed::new, HoldOutcome.Failed::new);
	}

	/** A success that does not say that it holds anything has settled nothing either. */
	private static SettleResponse holding(FacilitatorRequest request, SettleResponse answer) {
		boolean holds = until(request, answer).isPresent() && answer.commitment().isPresent();
		return (holds || !answer.success()) ? answer
				: SettleResponse.failure(Facilitator.NOT_HELD, null, request.paymentRequirements().network());
	}

	private static Optional<Instant> until(FacilitatorRequest request, SettleResponse receipt) {
		return PaymentScheme.of(request.paymentRequirements().scheme()).deferral().heldUntil(receipt);
	}

	private static boolean isOffered(PaymentRequirements asked, Facilitator facilitator) {
		Deferral deferral = PaymentScheme.of(asked.scheme()).deferral();
		try {
			return deferral.isAsked(asked) && facilitator.find(asked.scheme(), asked.network())
				.filter((found) -> deferral.isHoldOffered(found.kind()))
				.isPresent();
		}
		catch (FacilitatorException ex) {
			logger.debug("It is not known whether the facilitator holds amounts", ex);
			return false;
		}
	}

	private static HoldOutcome held(PaymentDecision.Verified verified, SettleResponse receipt) {
		Instant until = until(verified.request(), receipt).orElseThrow();
		Instant latest = Instant.now().plus(LONGEST);
		return new HoldOutcome.Held(verified, receipt, until.isAfter(latest) ? latest : until);
	}

	private static HoldOutcome refused(SettlementOutcome.Refused refused) {
		return Facilitator.NOT_HELD.equals(refused.response().errorReason()) ? new HoldOutcome.NotHeld()
				: new HoldOutcome.Failed(refused);
	}

	private static HoldOutcome without(HoldOutcome outcome, PaymentDecision.Verified verified, String why) {
		PaymentRequirements asked = verified.request().paymentRequirements();
		logger.warn("The facilitator could not be had to hold {} base units on {}, so nothing is held for it: {}",
				asked.amount(), asked.network(), why);
		return outcome;
	}

	/**
	 * Settle what was used. Blocks until it is known or the hold has lapsed.
	 * @param amount base units, at least 1
	 */
	SettlementOutcome conclude(HoldOutcome.Held held, BigInteger amount) {
		PaymentDecision.Verified used = held.verified().charging(amount);
		Supplier<Attempt> settlement = () -> placed(used, true, () -> this.settler.settleOnce(used));
		Attempt first = settlement.get();
		if (first.outcome() instanceof SettlementOutcome.Unknown) {
			logger.warn("What was used of a hold on {} is not settled yet, and asked for again until {}: {}",
					used.request().paymentRequirements().network(), held.until(), first.why());
		}
		return Settler.told(used,
				this.conclusions.whileUnknown(first, until(held.until()), (last) -> settlement.get()));
	}

	private static Deadline until(Instant lapse) {
		return Deadline.in(Duration.between(Instant.now(), lapse));
	}

	/** Give all of it back. Where that fails, the hold lapses. */
	void release(HoldOutcome.Held held) {
		release(held.verified(), held.until());
	}

	/** Give back what may be held. Where that fails, it lapses. */
	void release(HoldOutcome.Doubtful doubtful) {
		release(doubtful.verified(), Instant.now().plus(LONGEST));
	}

	private void release(PaymentDecision.Verified verified, Instant lapse) {
		Release last = this.releases.whileUnknown(releaseOnce(verified), until(lapse),
				(before) -> releaseOnce(verified));
		if (!last.why().isEmpty()) {
			logger.warn("A hold of {} base units on {} was not released and lapses by {}: {}",
					verified.request().paymentRequirements().amount(),
					verified.request().paymentRequirements().network(), lapse, last.why());
		}
	}

	private static Release releaseOnce(PaymentDecision.Verified verified) {
		try {
			SettleResponse answer = verified.facilitator().release(verified.request());
			boolean pending = Settler.isPending(answer);
			return new Release(pending, pending, answer.success() ? "" : String.valueOf(answer.errorReason()));
		}
		catch (RuntimeException ex) {
			return new Release(true, false, String.valueOf(ex.getMessage()));
		}
	}

	/** Among the settlements that the facilitator has under way. */
	private static Attempt placed(PaymentDecision.Verified verified, boolean repeated, Supplier<Attempt> attempt) {
		SettlementPlaces places = verified.facilitator().settlementPlaces();
		if (!places.take()) {
			return Settler.crowded(verified, repeated);
		}
		try {
			return attempt.get();
		}
		finally {
			places.leave();
		}
	}

	/**
	 * An attempt to release and how it ended.
	 *
	 * @param why what the operator has to know of one that has not released; else empty
	 */
	private record Release(boolean isWorthRepeating, boolean pending,
			String why) implements SettlementRetry.Repeatable {
	}

}
