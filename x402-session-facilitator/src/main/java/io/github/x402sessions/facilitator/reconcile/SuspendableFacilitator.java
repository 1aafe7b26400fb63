package io.github.x402sessions.facilitator.reconcile;

import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * A facilitator that verifies and settles only while nobody doubts its books.
 * Thread-safe.
 */
public final class SuspendableFacilitator implements Facilitator {

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
	public SupportedResponse supported() {
		return this.facilitator.supported();
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		if (this.watch.doubt().isPresent()) {
			throw FacilitatorUnavailableException.unsent(MESSAGE, null);
		}
		return this.facilitator.verify(request);
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		return answer(() -> this.facilitator.settle(request));
	}

	@Override
	public SettleResponse hold(FacilitatorRequest request) {
		return answer(() -> this.facilitator.hold(request));
	}

	@Override
	public SettleResponse release(FacilitatorRequest request) {
		return answer(() -> this.facilitator.release(request));
	}

	private SettleResponse answer(Supplier<SettleResponse> work) {
		return this.watch.doubt().isPresent() ? SettleResponse.failure("rpc_error", MESSAGE, this.network) : work.get();
	}

}
