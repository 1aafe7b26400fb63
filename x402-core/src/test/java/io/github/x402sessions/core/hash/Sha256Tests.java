package io.github.x402sessions.core.hash;

import java.nio.charset.StandardCharsets;

import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Sha256Tests {

	/** The example of FIPS 180. */
	private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

	@Test
	void hashesAreThoseOfTheStandard() {
		assertThat(Sha256.hex("abc")).isEqualTo(ABC);
		assertThat(Sha256.of("abc")).asHexString().isEqualToIgnoringCase(ABC);
		assertThat(Sha256.begin().digest("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo(Sha256.of("abc"));
	}

	@Test
	void hashOfWhatCameIsKnownBeforeTheRest() {
		MessageDigest digest = Sha256.begin();
		digest.update((byte) 'a');
		assertThat(Sha256.soFar(digest)).isEqualTo(Sha256.of("a"));
		digest.update((byte) 'b');
		assertThat(Sha256.soFar(digest)).isEqualTo(Sha256.of("ab"));
	}

	@Test
	void textIsTakenAsUtf8() {
		assertThat(Sha256.of("é")).isEqualTo(Sha256.begin().digest(new byte[] { (byte) 0xc3, (byte) 0xa9 }));
	}

}
