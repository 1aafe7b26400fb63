package io.github.x402sessions.stellar.exact;

import java.util.Arrays;

import io.github.x402sessions.stellar.xdr.XdrCursor;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.scval.Scv;

/**
 * Tells whether a payer has signed. The keys of an account are verified here; whether
 * they are the account's, and reach its threshold, is the simulation's business, as is
 * all that a contract account takes for a signature.
 */
final class PayerSignature {

	private static final int VOID = 1;

	private static final int VECTOR = 16;

	private static final int MAP = 17;

	private static final int BYTES = 13;

	private static final int FIELDS = 2;

	private static final int MOST = 20;

	private static final int KEY = 32;

	private static final int SIGNATURE = 64;

	private static final byte[] KEY_NAME = WireBytes.of(Scv.toSymbol("public_key")::toXdrByteArray);

	private static final byte[] SIGNATURE_NAME = WireBytes.of(Scv.toSymbol("signature")::toXdrByteArray);

	private PayerSignature() {
	}

	static boolean isGiven(String payer, byte[] signature, byte[] hash) {
		XdrCursor in = new XdrCursor(signature);
		int type = in.number();
		if (payer.startsWith("C")) {
			return type != VOID;
		}
		try {
			return type == VECTOR && in.present() && areGiven(in, hash) && in.position() == signature.length;
		}
		catch (RuntimeException ex) { // the SDK's own, at a key that is no point
			return false;
		}
	}

	private static boolean areGiven(XdrCursor in, byte[] hash) {
		int count = in.count(MOST, KEY + SIGNATURE);
		for (int left = count; left > 0; left--) {
			if (in.number() != MAP || !in.present() || in.number() != FIELDS || !isVerified(in, hash)) {
				return false;
			}
		}
		return count > 0;
	}

	private static boolean isVerified(XdrCursor in, byte[] hash) {
		byte[] key = field(in, KEY_NAME, KEY);
		byte[] signature = field(in, SIGNATURE_NAME, SIGNATURE);
		return KeyPair.fromPublicKey(key).verify(hash, signature);
	}

	private static byte[] field(XdrCursor in, byte[] name, int length) {
		if (!Arrays.equals(name, in.fixed(name.length)) || in.number() != BYTES) {
			throw new IllegalArgumentException("this is no signature of an account");
		}
		byte[] value = in.opaque(length);
		if (value.length != length) {
			throw new IllegalArgumentException("this is no signature of an account");
		}
		return value;
	}

}
