package io.github.x402sessions.facilitator.session.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.x402sessions.core.scheme.session.SessionKey;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Verifier of what the holders of sessions' keys sign, the only one there is. Takes keys
 * and signatures of the curve's prime-order subgroup only: of others, those who may later
 * be shown a signature as evidence say this and that (RFC 8032 lets a verifier multiply
 * by eight or not). Of what can do that, the JDK takes four times as long, and the
 * network's SDK takes a second signature that anybody can make of the first. Thread-safe.
 */
public final class SignatureVerifier {

	/** How many keys are kept ready; each takes less than a kilobyte. */
	private static final int KEYS = 10_000;

	private final LoadingCache<String, Optional<Ed25519.PublicPoint>> keys = Caffeine.newBuilder()
		.maximumSize(KEYS)
		.build((key) -> point(SessionKey.parse(key)));

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
		byte[] message = text.getBytes(StandardCharsets.UTF_8);
		return this.keys.get(key)
			.filter((point) -> Ed25519.verify(signature, 0, point, message, 0, message.length)
					&& Ed25519.validatePublicKeyFull(signature, 0))
			.isPresent();
	}

}
