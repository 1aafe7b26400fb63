package io.github.x402sessions.core.facilitator;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * Passes whatever it is asked on to another facilitator. Who adds something to that says
 * so once for each kind of call, and no call gets past it. Kinds of payment are found in
 * what this facilitator says it supports, and it is this one that handles them. As
 * thread-safe as the other one.
 */
public abstract class DelegatingFacilitator implements Facilitator {

	/**
	 * Return the facilitator that everything is passed on to.
	 * @return the other facilitator
	 */
	protected abstract Facilitator delegate();

	/**
	 * Make a verification.
	 * @param request the payment and the server's terms
	 * @param call asks the other facilitator
	 * @return its word, or another
	 */
	protected VerifyResponse verifying(FacilitatorRequest request, Supplier<VerifyResponse> call) {
		return call.get();
	}

	/**
	 * Make a settlement.
	 * @param request the payment and the server's terms
	 * @param call asks the other facilitator
	 * @return its outcome, or another
	 */
	protected SettleResponse settling(FacilitatorRequest request, Supplier<SettleResponse> call) {
		return call.get();
	}

	/**
	 * Make a hold: as a settlement, unless this is overridden too.
	 * @param request the payment and the server's terms
	 * @param call asks the other facilitator
	 * @return its outcome, or another
	 */
	protected SettleResponse holding(FacilitatorRequest request, Supplier<SettleResponse> call) {
		return settling(request, call);
	}

	/**
	 * Make a release: as a settlement, unless this is overridden too.
	 * @param request the payment and the server's terms
	 * @param call asks the other facilitator
	 * @return its outcome, or another
	 */
	protected SettleResponse releasing(FacilitatorRequest request, Supplier<SettleResponse> call) {
		return settling(request, call);
	}

	@Override
	public SupportedResponse supported() {
		return delegate().supported();
	}

	@Override
	public final VerifyResponse verify(FacilitatorRequest request) {
		return verifying(request, () -> delegate().verify(request));
	}

	@Override
	public final SettleResponse settle(FacilitatorRequest request) {
		return settling(request, () -> delegate().settle(request));
	}

	@Override
	public final SettleResponse settle(FacilitatorRequest request, Duration limit) {
		return settling(request, () -> delegate().settle(request, limit));
	}

	@Override
	public final SettleResponse hold(FacilitatorRequest request) {
		return holding(request, () -> delegate().hold(request));
	}

	@Override
	public final SettleResponse release(FacilitatorRequest request) {
		return releasing(request, () -> delegate().release(request));
	}

	@Override
	public Duration settleTimeout() {
		return delegate().settleTimeout();
	}

	@Override
	public Optional<SettlementNotices> notices() {
		return delegate().notices();
	}

	@Override
	public SettlementPlaces settlementPlaces() {
		return delegate().settlementPlaces();
	}

}
