package io.github.x402sessions.facilitator.session.closing;

import java.math.BigInteger;
import java.util.Base64;

import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.stellar.account.SignedMessage;
import org.junit.jupiter.api.Test;

import static io.github.x402sessions.stellar.ProtocolVectors.text;
import static org.assertj.core.api.Assertions.assertThat;

class ClosingProofTests {

	private static final String VECTOR = "/signatures/1/";

	@Test
	void textIsThatOfTheProtocol() {
		assertThat(text(VECTOR + "purpose")).isEqualTo("closing");
		SessionTerms terms = new SessionTerms(term("network"), term("approvalTxHash"), text("/keys/user/address"),
				text("/keys/spender/address"), term("asset"), term("recipient"), BigInteger.TEN, 1, null);
		assertThat(ClosingProof.message(terms)).isEqualTo(text(VECTOR + "message"));
	}

	@Test
	void signatureIsThePayers() {
		byte[] signature = Base64.getDecoder().decode(text(VECTOR + "signature"));
		assertThat(SignedMessage.isSignedBy(text("/keys/user/address"), text(VECTOR + "message"), signature)).isTrue();
	}

	private static String term(String name) {
		return text(VECTOR + "terms/" + name);
	}

}
