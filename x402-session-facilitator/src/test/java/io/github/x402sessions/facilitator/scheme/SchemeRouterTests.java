package io.github.x402sessions.facilitator.scheme;

import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each scheme gets its own payments and no others, whatever the client says it pays by.
 */
class SchemeRouterTests {

	private static final String NETWORK = "stellar:testnet";

	private final SchemeRouter router = new SchemeRouter(List.of(new Named("session", "GA"), new Named("exact", "GB")),
			NETWORK);

	@Test
	void paymentGoesToTheSchemeThatTheServerAsksFor() {
		assertThat(this.router.verify(request("exact", NETWORK)).payer()).isEqualTo("exact");
		assertThat(this.router.settle(request("session", NETWORK)).transaction()).isEqualTo("session");
	}

	@Test
	void whatNoSchemeHasIsRefusedWithTheSchemesThatThereAre() {
		assertThat(this.router.verify(request("upto", NETWORK)))
			.isEqualTo(VerifyResponse.invalid("scheme_mismatch", "the scheme must be 'session' or 'exact'"));
		assertThat(this.router.settle(request("upto", "eip155:1")))
			.isEqualTo(SettleResponse.failure("scheme_mismatch", "the scheme must be 'session' or 'exact'", NETWORK));
	}

	@Test
	void anotherNetworkIsRefusedWithTheOwnOne() {
		assertThat(this.router.verify(request("exact", "eip155:1")))
			.isEqualTo(VerifyResponse.invalid("network_mismatch", "the network must be 'stellar:testnet'"));
		assertThat(this.router.settle(request("exact", "eip155:1")))
			.isEqualTo(SettleResponse.failure("network_mismatch", "the network must be 'stellar:testnet'", NETWORK));
	}

	@Test
	void everythingThatASchemeSupportsIsSaidOnce() {
		SupportedResponse supported = this.router.supported();
		assertThat(supported.kinds()).extracting(SupportedKind::scheme)
			.containsExactly("session", "session", "exact", "exact");
		assertThat(supported.extensions()).containsExactly("payment-identifier");
		assertThat(supported.signers()).containsOnly(Map.entry("stellar:*", List.of("GA", "GB")));
	}

	private static FacilitatorRequest request(String scheme, String network) {
		PaymentRequirements asked = new PaymentRequirements(scheme, network, "1", "C", "G", 60, Map.of(), Map.of());
		PaymentRequirements accepted = new PaymentRequirements("session", NETWORK, "1", "C", "G", 60, Map.of(),
				Map.of());
		return new FacilitatorRequest(2, new PaymentPayload(2, null, accepted, Map.of(), null), asked);
	}

	/** Answers with its name. */
	private record Named(String scheme, String signer) implements SchemeFacilitator {

		@Override
		public SupportedResponse supported() {
			return new SupportedResponse(
					List.of(new SupportedKind(2, this.scheme, NETWORK, Map.of()),
							new SupportedKind(1, this.scheme, NETWORK, Map.of())),
					List.of("payment-identifier"), Map.of("stellar:*", List.of(this.signer)));
		}

		@Override
		public VerifyResponse verify(FacilitatorRequest request) {
			return new VerifyResponse(true, null, null, this.scheme, Map.of());
		}

		@Override
		public SettleResponse settle(FacilitatorRequest request) {
			return new SettleResponse(true, null, null, null, this.scheme, NETWORK, null, null);
		}

	}

}
