package io.github.x402sessions.facilitator.session.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.x402sessions.core.scheme.session.SessionKey;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Verifier of what the holders of sessions' keys sign, the only one there is. Takes keys
 * and signatures of the curve's prime-order subgroup only: of others, those who may later
 * be shown a signature as evidence say this and that (RFC 8032 lets a verifier multiply
 * by eight or not). Of what can do that, the JDK takes four times as long, and the
 * network's SDK takes a second signature that anybody can make of the first. Remembers
 * for two minutes what was genuine. Thread-safe.
 */
public final class SignatureVerifier {

	/** How many keys are kept ready; each takes less than a kilobyte. */
	private static final int KEYS = 10_000;

	/** How many signatures are remembered; each takes about a kilobyte. */
	private static final int SIGNATURES = 20_000;

	private final LoadingCache<String, Optional<Ed25519.PublicPoint>> keys = Caffeine.newBuilder()
		.maximumSize(KEYS)
		.build((key) -> point(SessionKey.parse(key)));

	/** What is verified before a handler runs is settled after it. */
	private final Cache<Signed, Boolean> genuine = Caffeine.newBuilder()
		.maximumSize(SIGNATURES)
		.expireAfterWrite(Duration.ofMinutes(2))
		.build();

	/**
	 * Tell whether what a key's holder signs is taken.
	 * @param key the key
	 * @return whether it is a point of the prime-order subgroup
	 */
	public static boolean takes(SessionKey key) {
		return point(key).isPresent();
	}

	private static Optional<Ed25519.PublicPoint> point(SessionKey key) {
		return Optional.ofNullable(Ed25519.validatePublicKeyFullExport(key.toBytes(), 0));
	}

	/**
	 * Tell whether the holder of a key has signed a text.
	 * @param key the key, as {@link SessionKey} writes it
	 * @param text the text, which is signed as UTF-8
	 * @param signature the signature
	 * @return whether it is the signature of that text by this key; {@code false} also
	 * for what is no signature at all
	 */
	public boolean verifies(String key, String text, byte[] signature) {
		if (signature.length != Ed25519.SIGNATURE_SIZE) {
			return false;
		}
		Signed signed = new Signed(key, text, ByteBuffer.wrap(signature.clone()));
		if (this.genuine.getIfPresent(signed) != null) {
			return true;
		}
		boolean verified = isGenuine(signed);
		if (verified) {
			this.genuine.put(signed, true);
		}
		return verified;
	}

	private boolean isGenuine(Signed signed) {
		byte[] message = signed.text().getBytes(StandardCharsets.UTF_8);
		byte[] signature = signed.signature().array();
		return this.keys.get(signed.key())
			.filter((point) -> Ed25519.verify(signature, 0, point, message, 0, message.length)
					&& Ed25519.validatePublicKeyFull(signature, 0))
			.isPresent();
	}

	/**
	 * A signature that is remembered by all that it depends on.
	 *
	 * @param key the key
	 * @param text the text
	 * @param signature the signature's bytes
	 */
	private record Signed(String key, String text, ByteBuffer signature) {
	}

}
