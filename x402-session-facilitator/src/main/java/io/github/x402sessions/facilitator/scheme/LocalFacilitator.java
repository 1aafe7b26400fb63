package io.github.x402sessions.facilitator.scheme;

import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.DelegatingFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;

/**
 * A facilitator as a resource server in the same process calls it: what it returns has
 * arrived. Thread-safe.
 */
public final class LocalFacilitator extends DelegatingFacilitator {

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
	protected Facilitator delegate() {
		return this.facilitator;
	}

	@Override
	protected SettleResponse settling(FacilitatorRequest request, Supplier<SettleResponse> call) {
		SettleResponse answer = call.get();
		this.deliveries.delivered(answer);
		return answer;
	}

}
