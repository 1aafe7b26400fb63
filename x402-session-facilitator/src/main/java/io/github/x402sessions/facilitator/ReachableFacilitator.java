package io.github.x402sessions.facilitator;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * A facilitator that the server calls without HTTP and that tells payers where to reach
 * it: they have to register somewhere.
 */
final class ReachableFacilitator implements Facilitator {

	private final Facilitator facilitator;

	private final SupportedResponse supported;

	ReachableFacilitator(Facilitator facilitator, String url) {
		this.facilitator = facilitator;
		SupportedResponse own = facilitator.supported();
		this.supported = new SupportedResponse(own.kinds().stream().map((kind) -> reachable(kind, url)).toList(),
				own.extensions(), own.signers());
	}

	private static SupportedKind reachable(SupportedKind kind, String url) {
		Map<String, Object> extra = new LinkedHashMap<>(kind.extra());
		extra.put("facilitatorUrl", url);
		return new SupportedKind(kind.x402Version(), kind.scheme(), kind.network(), extra);
	}

	@Override
	public SupportedResponse supported() {
		return this.supported;
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		return this.facilitator.verify(request);
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		return this.facilitator.settle(request);
	}

	@Override
	public SettleResponse hold(FacilitatorRequest request) {
		return this.facilitator.hold(request);
	}

	@Override
	public SettleResponse release(FacilitatorRequest request) {
		return this.facilitator.release(request);
	}

}
