package io.github.x402sessions.devnet.xdr;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.stellar.sdk.KeyPair;

/**
 * Verifies signatures as strictly as the network: keys and signatures with a point of
 * small order, such as the key of all zeros, are never valid, though the equation may
 * hold for them.
 */
public final class Ed25519 {

	private static final int POINT_BYTES = 32;

	private static final int SIGNATURE_BYTES = 64;

	/** The points of small order, without the sign in their last bit. */
	private static final List<byte[]> SMALL_ORDER = List.of(
			point("0000000000000000000000000000000000000000000000000000000000000000"),
			point("0100000000000000000000000000000000000000000000000000000000000000"),
			point("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
			point("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
			point("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
			point("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
			point("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"));

	private Ed25519() {
	}

	private static byte[] point(String hex) {
		return HexFormat.of().parseHex(hex);
	}

	/** Whether a key signed a message; bytes that are no key sign nothing. */
	public static boolean verifies(byte[] key, byte[] message, byte[] signature) {
		if (signature.length != SIGNATURE_BYTES || isSmall(key) || isSmall(Arrays.copyOf(signature, POINT_BYTES))) {
			return false;
		}
		try {
			return KeyPair.fromPublicKey(key).verify(message, signature);
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private static boolean isSmall(byte[] point) {
		byte[] unsigned = point.clone();
		unsigned[POINT_BYTES - 1] &= Byte.MAX_VALUE;
		return SMALL_ORDER.stream().anyMatch((small) -> Arrays.equals(small, unsigned));
	}

}
