package io.github.x402sessions.facilitator.reconcile;

import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.DelegatingFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * A facilitator that verifies and settles only while nobody doubts its books.
 * Thread-safe.
 */
public final class SuspendableFacilitator extends DelegatingFacilitator {

	private static final String MESSAGE = "the books and the chain disagree, or have not been compared since the start: "
			+ "nothing is settled until they were, or the operator says so";

	private final Facilitator facilitator;

	private final ConsistencyMonitor watch;

	private final String network;

	/**
	 * Create it.
	 * @param facilitator the facilitator that settles
	 * @param watch doubts its books
	 * @param network the network that is served, as a CAIP-2 id
	 */
	public SuspendableFacilitator(Facilitator facilitator, ConsistencyMonitor watch, String network) {
		this.facilitator = facilitator;
		this.watch = watch;
		this.network = network;
	}

	@Override
	protected Facilitator delegate() {
		return this.facilitator;
	}

	@Override
	protected VerifyResponse verifying(FacilitatorRequest request, Supplier<VerifyResponse> call) {
		if (this.watch.doubt().isPresent()) {
			throw FacilitatorUnavailableException.unsent(MESSAGE, null);
		}
		return call.get();
	}

	@Override
	protected SettleResponse settling(FacilitatorRequest request, Supplier<SettleResponse> call) {
		return this.watch.doubt().isPresent() ? SettleResponse.failure("rpc_error", MESSAGE, this.network) : call.get();
	}

}
