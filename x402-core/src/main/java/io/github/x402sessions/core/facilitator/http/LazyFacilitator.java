package io.github.x402sessions.core.facilitator.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.SettlementNotices;
import io.github.x402sessions.core.facilitator.SettlementPlaces;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.jspecify.annotations.Nullable;

/**
 * A facilitator that is set up with the first call: an HTTP client takes a tenth of a
 * second, which an application's start need not wait for. Thread-safe.
 */
final class LazyFacilitator implements Facilitator {

	private final Supplier<Facilitator> setUp;

	private @Nullable volatile Facilitator facilitator;

	LazyFacilitator(Supplier<Facilitator> setUp) {
		this.setUp = setUp;
	}

	private Facilitator facilitator() {
		Facilitator known = this.facilitator;
		return (known != null) ? known : first();
	}

	private synchronized Facilitator first() {
		Facilitator known = this.facilitator;
		if (known == null) {
			known = this.setUp.get();
			this.facilitator = known;
		}
		return known;
	}

	@Override
	public SupportedResponse supported() {
		return facilitator().supported();
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		return facilitator().verify(request);
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		return facilitator().settle(request);
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request, Duration limit) {
		return facilitator().settle(request, limit);
	}

	@Override
	public SettleResponse hold(FacilitatorRequest request) {
		return facilitator().hold(request);
	}

	@Override
	public SettleResponse release(FacilitatorRequest request) {
		return facilitator().release(request);
	}

	@Override
	public Duration settleTimeout() {
		return facilitator().settleTimeout();
	}

	@Override
	public Optional<SettlementNotices> notices() {
		return facilitator().notices();
	}

	@Override
	public SettlementPlaces settlementPlaces() {
		return facilitator().settlementPlaces();
	}

}
