package io.github.x402sessions.facilitator.session.evidence;

import java.util.Base64;

import io.github.x402sessions.core.scheme.session.SessionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signatures by a holder who means to deny them: made with points of small order, so that
 * of the verifiers that RFC 8032 allows some take them and some do not.
 */
class SignatureVerifierTests {

	private static final String TEXT = "statement";

	private static final String KEY = "D3YIeDSJaEwEcmABWVY45SWMLtC9s9GNnjRT6ou0WK0";

	private final SignatureVerifier verifier = new SignatureVerifier();

	@Test
	void honestSignatureIsTaken() {
		assertThat(SignatureVerifier.takes(SessionKey.parse(KEY))).isTrue();
		byte[] signature = bytes(
				"PlTEQZJ_nw7l4T408LBATFBDZRqPS37wh6HEImKoXQpX7SQcB0Btz1fcUgID_LrOIpiJYxr_YBX78EGx-xB6Dg");
		assertThat(this.verifier.verifies(KEY, TEXT, signature)).isTrue();
		assertThat(this.verifier.verifies(KEY, "another text", signature)).isFalse();
		assertThat(this.verifier.verifies(KEY, TEXT, new byte[63])).isFalse();
		assertThat(this.verifier.verifies(KEY, TEXT, new byte[64])).isFalse();
	}

	@ParameterizedTest
	@CsvSource({
			"r B plus order 8, YHBVyj1KqK8mlhr7ErHmCnX6yI-cJg_yWAZjHbsmkVltzCRJongR6hCjKW0AYlGFvm8-PmcN3ikJlvhA5KXgBg",
			"r B plus order 2, r6s7vm2AYPEaHsHLD0-_s6-8muVwtIEPeF473Z1XovUEMA-UtNEHv4LHLYKdE9M_tx0yf5CM25Br_-depHE3DA",
			"order 2, 7P_______________________________________3_d84Ht6lEOxoTKhBw6_fSeJTxyRwm1o-SdR6q9zrA2Dg",
			"neutral, AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADABj6wuxRbsMIDc9-IapiAPEDzikzmV0utdepLFmBZBQ" })
	void commitmentOutsideThePrimeOrderSubgroupIsRefused(String commitment, String signature) {
		assertThat(this.verifier.verifies(KEY, TEXT, bytes(signature))).as(commitment).isFalse();
	}

	/** Every verifier takes these two signatures, by luck: of each key some. */
	@ParameterizedTest
	@CsvSource({
			"3on3h8t2l7P7jZ_-pqnHGtpz0S9CTC5yYcusFXRLp1I, PlTEQZJ_nw7l4T408LBATFBDZRqPS37wh6HEImKoXQpG0eyJ2FdxJEnXiiRfXwN2JzFn6Xmw2iHJYusS3znUBw",
			"DJXSxUojCphDp6EacyaIur4nrHQ3shfVaDVKtHvR1Ys, YHBVyj1KqK8mlhr7ErHmCnX6yI-cJg_yWAZjHbsmkVnx7AHJt9ThTH3ocvDV6srg7MV7wjHsYscM9CqE4qZ6BQ" })
	void keyOutsideThePrimeOrderSubgroupSignsNothing(String key, String signature) {
		assertThat(SignatureVerifier.takes(SessionKey.parse(key))).isFalse();
		assertThat(this.verifier.verifies(key, TEXT, bytes(signature))).isFalse();
	}

	private static byte[] bytes(String base64) {
		return Base64.getUrlDecoder().decode(base64);
	}

}
