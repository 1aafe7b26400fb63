package io.github.x402sessions.facilitator.scheme;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * A facilitator as a resource server in the same process calls it: what it returns has
 * arrived. Thread-safe.
 */
public final class LocalFacilitator implements Facilitator {

	private final Facilitator facilitator;

	private final DeliveryTracker deliveries;

	/**
	 * Create it.
	 * @param facilitator what it calls
	 * @param deliveries hears what has arrived
	 */
	public LocalFacilitator(Facilitator facilitator, DeliveryTracker deliveries) {
		this.facilitator = facilitator;
		this.deliveries = deliveries;
	}

	@Override
	public SupportedResponse supported() {
		return this.facilitator.supported();
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		return this.facilitator.verify(request);
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		return arrived(this.facilitator.settle(request));
	}

	@Override
	public SettleResponse hold(FacilitatorRequest request) {
		return arrived(this.facilitator.hold(request));
	}

	@Override
	public SettleResponse release(FacilitatorRequest request) {
		return this.facilitator.release(request);
	}

	private SettleResponse arrived(SettleResponse answer) {
		this.deliveries.delivered(answer);
		return answer;
	}

}
