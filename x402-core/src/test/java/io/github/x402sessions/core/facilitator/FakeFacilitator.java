package io.github.x402sessions.core.facilitator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * A facilitator that notes its calls, supports what the test says and fails when told to.
 */
public final class FakeFacilitator implements Facilitator {

	public final List<String> calls = new ArrayList<>();

	List<SupportedKind> kinds = List.of();

	List<String> extensions = List.of();

	public RuntimeException failure;

	public RuntimeException paymentFailure;

	public FakeFacilitator supporting(String... schemes) {
		this.kinds = List.of(schemes)
			.stream()
			.map((scheme) -> new SupportedKind(2, scheme, "stellar:testnet", Map.of()))
			.toList();
		return this;
	}

	@Override
	public SupportedResponse supported() {
		this.calls.add("supported");
		if (this.failure != null) {
			throw this.failure;
		}
		return new SupportedResponse(this.kinds, this.extensions,
				Map.of("stellar:*", List.of("G" + this.kinds.size())));
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		this.calls.add("verify");
		failPayment();
		return VerifyResponse.valid("GP");
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		this.calls.add("settle");
		failPayment();
		return SettleResponse.failure("x", null, "n");
	}

	private void failPayment() {
		if (this.paymentFailure != null) {
			throw this.paymentFailure;
		}
	}

}
