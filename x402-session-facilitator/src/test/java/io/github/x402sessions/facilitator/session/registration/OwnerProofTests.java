package io.github.x402sessions.facilitator.session.registration;

import java.util.Base64;

import io.github.x402sessions.stellar.account.SignedMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.x402sessions.stellar.ProtocolVectors.at;
import static io.github.x402sessions.stellar.ProtocolVectors.text;
import static org.assertj.core.api.Assertions.assertThat;

class OwnerProofTests {

	@ParameterizedTest
	@CsvSource({ "/signatures/0/, registration", "/signatures/2/, registration with a key" })
	void textIsThatOfTheProtocol(String vector, String purpose) {
		assertThat(text(vector + "purpose")).isEqualTo(purpose);
		String sessionKey = at(vector + "terms").path("sessionKey").asString(null);
		RegistrationRequest request = new RegistrationRequest(term(vector, "approvalTxHash"),
				text("/keys/user/address"), term(vector, "asset"), term(vector, "recipient"), term(vector, "cap"),
				at(vector + "terms/expirationLedger").asLong(), term(vector, "network"), null, null, sessionKey);
		assertThat(OwnerProof.message(request)).isEqualTo(text(vector + "message"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/signatures/0/", "/signatures/2/" })
	void signatureIsThePayers(String vector) {
		byte[] signature = Base64.getDecoder().decode(text(vector + "signature"));
		assertThat(SignedMessage.isSignedBy(text("/keys/user/address"), text(vector + "message"), signature)).isTrue();
		assertThat(SignedMessage.isSignedBy(text("/keys/spender/address"), text(vector + "message"), signature))
			.isFalse();
	}

	private static String term(String vector, String name) {
		return text(vector + "terms/" + name);
	}

}
