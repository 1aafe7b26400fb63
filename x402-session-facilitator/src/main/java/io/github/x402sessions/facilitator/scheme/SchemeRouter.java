package io.github.x402sessions.facilitator.scheme;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.x402sessions.core.facilitator.CompositeFacilitator;
import io.github.x402sessions.core.facilitator.DelegatingFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * Routes each payment to the scheme whose kind it is, by what the server asks for, and
 * refuses those of no scheme's kinds. Thread-safe.
 */
public final class SchemeRouter extends DelegatingFacilitator {

	private final CompositeFacilitator schemes;

	private final SupportedResponse supported;

	private final String network;

	/**
	 * Create the router.
	 * @param schemes the schemes, at least one
	 * @param network the network that is served, as a CAIP-2 id
	 */
	public SchemeRouter(List<SchemeFacilitator> schemes, String network) {
		this.schemes = new CompositeFacilitator(schemes);
		this.supported = this.schemes.supported();
		this.network = network;
	}

	@Override
	public SupportedResponse supported() {
		return this.supported;
	}

	@Override
	protected Facilitator delegate() {
		return this.schemes;
	}

	@Override
	protected VerifyResponse verifying(FacilitatorRequest request, Supplier<VerifyResponse> call) {
		if (isSupported(request)) {
			return call.get();
		}
		Reason reason = reason(request);
		return VerifyResponse.invalid(reason.wireName(), message(reason));
	}

	@Override
	protected SettleResponse settling(FacilitatorRequest request, Supplier<SettleResponse> call) {
		if (isSupported(request)) {
			return call.get();
		}
		Reason reason = reason(request);
		return SettleResponse.failure(reason.wireName(), message(reason), this.network);
	}

	private boolean isSupported(FacilitatorRequest request) {
		PaymentRequirements asked = request.paymentRequirements();
		return this.supported.kind(asked.scheme(), asked.network()).isPresent();
	}

	private Reason reason(FacilitatorRequest request) {
		String scheme = request.paymentRequirements().scheme();
		return this.supported.kinds().stream().anyMatch((kind) -> kind.scheme().equals(scheme))
				? Reason.NETWORK_MISMATCH : Reason.SCHEME_MISMATCH;
	}

	/** Nothing of a stranger's is repeated. */
	private String message(Reason reason) {
		return (reason == Reason.NETWORK_MISMATCH) ? "the network must be '" + this.network + "'"
				: this.supported.kinds()
					.stream()
					.map((kind) -> "'" + kind.scheme() + "'")
					.distinct()
					.collect(Collectors.joining(" or ", "the scheme must be ", ""));
	}

}
