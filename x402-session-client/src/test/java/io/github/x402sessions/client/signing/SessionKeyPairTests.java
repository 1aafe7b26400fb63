package io.github.x402sessions.client.signing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SessionKeyPair}.
 */
class SessionKeyPairTests {

	private final SessionKeyPair key = SessionKeyPair.random();

	@Test
	void signatureIsThatOfTheNetworksLibrary() {
		byte[] seed = Arrays.copyOf(Base64.getUrlDecoder().decode(this.key.toSecret()), 32);
		byte[] signature = KeyPair.fromSecretSeed(seed).sign("a\nb".getBytes(StandardCharsets.UTF_8));
		assertThat(this.key.sign("a\nb")).isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
	}

	@Test
	void keptKeyIsTheSame() {
		SessionKeyPair kept = SessionKeyPair.ofSecret(this.key.toSecret());
		assertThat(kept.publicKey()).isEqualTo(this.key.publicKey());
		assertThat(kept.sign("text")).isEqualTo(this.key.sign("text"));
	}

	@Test
	void privatePartIsShownByNothingButToSecret() {
		String secret = this.key.toSecret();
		assertThat(this.key.toString()).contains(this.key.publicKey().toString())
			.doesNotContain(secret.substring(0, 42));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "AAAA", "no base64!" })
	void whatIsNoKeyIsRefusedWithoutRepeatingIt(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> SessionKeyPair.ofSecret(text))
			.withMessage("not the key of a session (86 characters of base64url)")
			.withNoCause();
	}

	@Test
	void halvesOfTwoKeysAreNone() {
		String other = SessionKeyPair.random().toSecret();
		String mixed = this.key.toSecret().substring(0, 43) + other.substring(43);
		assertThatIllegalArgumentException().isThrownBy(() -> SessionKeyPair.ofSecret(mixed))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(mixed));
	}

}
