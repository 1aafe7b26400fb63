package io.github.x402sessions.core.scheme.session;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SessionKeyTests {

	private static final int X509_HEADER = 12;

	private final KeyPair pair = pair();

	private final SessionKey key = SessionKey
		.of(Arrays.copyOfRange(this.pair.getPublic().getEncoded(), X509_HEADER, X509_HEADER + 32));

	@Test
	void verifiesWhatItsHolderHasSigned() {
		String signature = signature("text");

		assertThat(this.key.verifies("text", signature)).isTrue();
		assertThat(this.key.verifies("text", signature + "==")).isTrue();
		assertThat(this.key.verifies("another text", signature)).isFalse();
		assertThat(SessionKey.parse(this.key.toString())).isEqualTo(this.key).hasSameHashCodeAs(this.key);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "AAAA", "not base64!" })
	void takesNoOtherTextForASignature(String signature) {
		assertThat(this.key.verifies("text", signature)).isFalse();
	}

	@Test
	void takesNoSecondSpellingOfASignature() {
		byte[] signature = Base64.getUrlDecoder().decode(signature("text"));
		BigInteger order = BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
		byte[] scalar = reversed(Arrays.copyOfRange(signature, 32, 64));
		byte[] larger = reversed(new BigInteger(1, scalar).add(order).toByteArray());
		System.arraycopy(Arrays.copyOf(larger, 32), 0, signature, 32, 32);

		assertThat(this.key.verifies("text", Base64.getUrlEncoder().encodeToString(signature))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0000000000000000000000000000000000000000000000000000000000000000",
			"0100000000000000000000000000000000000000000000000000000000000080",
			"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
			"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
			"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" })
	void refusesPointsOfSmallOrder(String point) {
		assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.of(HexFormat.of().parseHex(point)))
			.withMessageContaining("small order");
	}

	@ParameterizedTest
	@ValueSource(strings = { "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
			"f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f" })
	void refusesASecondSpellingOfAPoint(String point) {
		assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.of(HexFormat.of().parseHex(point)))
			.withMessageContaining("shortest form");
	}

	@Test
	void refusesWhatIsNoPoint() {
		byte[] noPoint = new byte[32];
		noPoint[0] = 2;

		assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.of(noPoint))
			.withMessageContaining("point of the curve");
		assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.of(new byte[31]))
			.withMessageContaining("32 bytes");
		assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.parse("*"));
	}

	private String signature(String text) {
		try {
			Signature signer = Signature.getInstance("Ed25519");
			signer.initSign(this.pair.getPrivate());
			signer.update(text.getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyPair pair() {
		try {
			return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] reversed(byte[] bytes) {
		byte[] reversed = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			reversed[i] = bytes[bytes.length - 1 - i];
		}
		return reversed;
	}

}
