package io.github.x402sessions.client.signing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SessionKeyPair}.
 */
class SessionKeyPairTests {

	private final SessionKeyPair key = SessionKeyPair.random();

	@Test
	void whatItSignsIsVerifiedByItsPublicKey() {
		String signature = this.key.sign("a\nb");
		assertThat(signature).matches("[A-Za-z0-9_-]{86}");
		assertThat(this.key.publicKey().verifies("a\nb", signature)).isTrue();
		assertThat(this.key.publicKey().verifies("a\nc", signature)).isFalse();
		assertThat(SessionKeyPair.random().publicKey().verifies("a\nb", signature)).isFalse();
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
