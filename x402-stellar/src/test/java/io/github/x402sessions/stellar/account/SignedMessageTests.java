package io.github.x402sessions.stellar.account;

import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signatures over text, by the examples of SEP-53.
 */
class SignedMessageTests {

	private static final String ACCOUNT = KeyPair
		.fromSecretSeed("SAKICEVQLYWGSOJS4WW7HZJWAHZVEEBS527LHK5V4MLJALYKICQCJXMW")
		.getAccountId();

	private static final byte[] SIGNATURE = Base64.getDecoder()
		.decode("fO5dbYhXUhBMhe6kId/cuVq/AfEnHRHEvsP8vXh03M1uLpi5e46yO2Q8rEBzu3feXQewcQE5GArp88u6ePK6BA==");

	@Test
	void exampleOfTheStandardIsValid() {
		assertThat(SignedMessage.isSignedBy(ACCOUNT, "Hello, World!", SIGNATURE)).isTrue();
	}

	@Test
	void anythingElseIsNot() {
		assertThat(SignedMessage.isSignedBy(ACCOUNT, "Hello, World", SIGNATURE)).isFalse();
		assertThat(SignedMessage.isSignedBy(KeyPair.random().getAccountId(), "Hello, World!", SIGNATURE)).isFalse();
		assertThat(SignedMessage.isSignedBy(ACCOUNT, "Hello, World!", new byte[3])).isFalse();
		assertThat(SignedMessage.isSignedBy("CABC", "Hello, World!", SIGNATURE)).isFalse();
	}

}
