package io.github.x402sessions.core.facilitator;

import java.time.Duration;
import java.util.Optional;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * Verifies and settles payments for a resource server. Implementations are thread-safe
 * and may block.
 *
 * @see io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint
 * @see io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator
 * @see CompositeFacilitator
 */
public interface Facilitator {

	/** The reason of an answer that tells that nothing is held. */
	String NOT_HELD = "not_held";

	/** How long a settlement may take by default, in all. */
	Duration DEFAULT_SETTLE_TIMEOUT = Duration.ofSeconds(60);

	/**
	 * Return what the facilitator offers.
	 * @return the kinds of payment, extensions and signers
	 * @throws FacilitatorException if there is no usable answer
	 */
	SupportedResponse supported();

	/**
	 * Find who handles payments of a kind: this facilitator, unless it stands for
	 * several.
	 * @param scheme the payment scheme
	 * @param network the network as a CAIP-2 id
	 * @return the kind and its facilitator, the same one each time; or empty if the kind
	 * is not supported
	 * @throws FacilitatorException if it is not known what is supported
	 */
	default Optional<FacilitatedKind> find(String scheme, String network) {
		SupportedResponse supported = supported();
		return supported.kind(scheme, network).map((kind) -> new FacilitatedKind(kind, supported.extensions(), this));
	}

	/**
	 * Ask whether a payment could be settled now. Moves no money.
	 * @param request the payment and the server's terms
	 * @return the facilitator's word
	 * @throws FacilitatorException if there is no usable answer
	 */
	VerifyResponse verify(FacilitatorRequest request);

	/**
	 * Settle a payment. The money has moved if, and only if, the answer says
	 * {@code success}. After an exception the outcome is unknown.
	 * @param request the payment and the server's terms
	 * @return the outcome
	 * @throws FacilitatorException if there is no usable answer
	 */
	SettleResponse settle(FacilitatorRequest request);

	/**
	 * Settle a payment and wait for the answer no longer than a limit, or than is usual
	 * where this facilitator knows no limits.
	 * @param request the payment and the server's terms
	 * @param limit how long to wait, positive
	 * @return the outcome
	 * @throws FacilitatorException if there is no usable answer in time
	 */
	default SettleResponse settle(FacilitatorRequest request, Duration limit) {
		return settle(request);
	}

	/**
	 * Hold what a payment may cost until it is settled for what it did cost, or released:
	 * "Metered streams" in {@code docs/protocol.md}. Nothing is charged before.
	 * @param request the payment and the server's terms
	 * @return the outcome; {@code success} if the amount is held, and {@value #NOT_HELD}
	 * for a reason where the payment has to be settled as ever
	 * @throws FacilitatorException if there is no usable answer
	 */
	default SettleResponse hold(FacilitatorRequest request) {
		return SettleResponse.failure(NOT_HELD, "nothing is held here", request.paymentRequirements().network());
	}

	/**
	 * Release what is held for a payment: nothing is charged.
	 * @param request the payment and the server's terms
	 * @return the outcome; {@code success} if nothing is held any more, and nothing was
	 * charged; {@value #NOT_HELD} for a reason of a facilitator that never holds anything
	 * @throws FacilitatorException if there is no usable answer
	 */
	default SettleResponse release(FacilitatorRequest request) {
		return SettleResponse.failure(NOT_HELD, "nothing is held here", request.paymentRequirements().network());
	}

	/**
	 * Return how long a settlement may take in all, repeated calls included.
	 * @return the time, 60 seconds unless this facilitator was told otherwise
	 */
	default Duration settleTimeout() {
		return DEFAULT_SETTLE_TIMEOUT;
	}

	/**
	 * Return the books of this facilitator.
	 * @return the same books each time, or empty if it shows none
	 */
	default Optional<SettlementNotices> notices() {
		return Optional.empty();
	}

	/**
	 * Return the places for settlements that are under way at a time. Whoever has one
	 * settled takes a place before and leaves it when it has ended, however often it asks
	 * in between.
	 * @return the same places each time; they are unlimited unless this facilitator was
	 * told otherwise
	 */
	default SettlementPlaces settlementPlaces() {
		return SettlementPlaces.unlimited();
	}

}
