package io.github.x402sessions.facilitator.scheme;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.core.protocol.PaymentRequirements;

/**
 * Hashes what decides whether two requests are the same payment: of the server's
 * requirements those that decide what moves, which are scheme, network, asset, amount and
 * recipient.
 */
public final class TermsHash {

	private TermsHash() {
	}

	/**
	 * Return the requirements as they are hashed. However an amount is written, it is the
	 * same one.
	 * @param asked what the server asks for
	 * @param amount the amount, base units
	 * @return the bytes
	 */
	public static byte[] text(PaymentRequirements asked, String amount) {
		String written = BaseUnits.read(amount).map(BigInteger::toString).orElse(amount);
		return String.join("\n", asked.scheme(), asked.network(), asked.asset(), written, asked.payTo(), "")
			.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Return the hash of parts, one after the other.
	 * @param parts the parts
	 * @return 64 hex digits
	 */
	public static String of(byte[]... parts) {
		MessageDigest digest = Sha256.begin();
		for (byte[] part : parts) {
			digest.update(part);
		}
		return HexFormat.of().formatHex(digest.digest());
	}

}
