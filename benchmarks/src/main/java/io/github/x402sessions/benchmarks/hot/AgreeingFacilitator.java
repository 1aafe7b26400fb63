package io.github.x402sessions.benchmarks.hot;

import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * A facilitator in the same process that agrees to everything at once.
 */
final class AgreeingFacilitator implements Facilitator {

	private static final String PAYER = "GA5Y7RK27F6X4W57RKQWNGNMZJNHAHOD5IV3UW5ALM4ILES3PZWPUL5R";

	private static final SupportedResponse SUPPORTED = new SupportedResponse(
			List.of(new SupportedKind(2, "session", "stellar:testnet",
					Map.of("areFeesSponsored", true, "sessionsEndpoint", "/sessions", "facilitatorAddress",
							"GCWZY2ETAJSMQP672PPVKREOFVIHBYWOTUDBHA2ZF34QSU2WW5N3LGJG", "spender",
							"GCWZY2ETAJSMQP672PPVKREOFVIHBYWOTUDBHA2ZF34QSU2WW5N3LGJG"))),
			List.of("payment-identifier"), Map.of());

	private static final VerifyResponse VALID = new VerifyResponse(true, null, null, PAYER, null);

	@Override
	public SupportedResponse supported() {
		return SUPPORTED;
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		return VALID;
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		throw new UnsupportedOperationException("nothing settles in these benchmarks");
	}

}
