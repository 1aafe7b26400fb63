package io.github.x402sessions.facilitator.session.registration;

import java.util.Base64;

import io.github.x402sessions.stellar.account.SignedMessage;
import org.junit.jupiter.api.Test;

import static io.github.x402sessions.stellar.ProtocolVectors.at;
import static io.github.x402sessions.stellar.ProtocolVectors.text;
import static org.assertj.core.api.Assertions.assertThat;

class OwnerProofTests {

	private static final String VECTOR = "/signatures/0/";

	@Test
	void textIsThatOfTheProtocol() {
		assertThat(text(VECTOR + "purpose")).isEqualTo("registration");
		RegistrationRequest request = new RegistrationRequest(term("approvalTxHash"), text("/keys/user/address"),
				term("asset"), term("recipient"), term("cap"), at(VECTOR + "terms/expirationLedger").asLong(),
				term("network"), null, null, null);
		assertThat(OwnerProof.message(request)).isEqualTo(text(VECTOR + "message"));
	}

	@Test
	void signatureIsThePayers() {
		byte[] signature = Base64.getDecoder().decode(text(VECTOR + "signature"));
		assertThat(SignedMessage.isSignedBy(text("/keys/user/address"), text(VECTOR + "message"), signature)).isTrue();
		assertThat(SignedMessage.isSignedBy(text("/keys/spender/address"), text(VECTOR + "message"), signature))
			.isFalse();
	}

	private static String term(String name) {
		return text(VECTOR + "terms/" + name);
	}

}
