package io.github.x402sessions.facilitator.drain;

import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.DelegatingFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * A facilitator that takes no payments while its node is drained. Calls that settle, hold
 * or release are let in all the same: whoever settles looks first whether a payment was
 * taken before, which comes to its end, and refuses new ones. One that is refused may be
 * under way elsewhere, so that nobody is told that nothing is. Thread-safe.
 */
public final class DrainableFacilitator extends DelegatingFacilitator {

	private final Facilitator facilitator;

	private final Drain drain;

	private final String network;

	/**
	 * Create it.
	 * @param facilitator the facilitator that settles
	 * @param drain knows whether new work is taken
	 * @param network the network that is served, as a CAIP-2 id
	 */
	public DrainableFacilitator(Facilitator facilitator, Drain drain, String network) {
		this.facilitator = facilitator;
		this.drain = drain;
		this.network = network;
	}

	@Override
	protected Facilitator delegate() {
		return this.facilitator;
	}

	@Override
	protected VerifyResponse verifying(FacilitatorRequest request, Supplier<VerifyResponse> call) {
		try {
			return this.drain.take(call);
		}
		catch (DrainingException ex) {
			throw FacilitatorUnavailableException.unsent(Drain.MESSAGE, ex);
		}
	}

	@Override
	protected SettleResponse settling(FacilitatorRequest request, Supplier<SettleResponse> call) {
		try {
			return this.drain.count(call);
		}
		catch (DrainingException ex) {
			return SettleResponse.failure("settlement_pending", Drain.MESSAGE, this.network);
		}
	}

}
