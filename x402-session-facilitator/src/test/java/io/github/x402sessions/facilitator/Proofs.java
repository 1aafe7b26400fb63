package io.github.x402sessions.facilitator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Util;

/**
 * Signs claims as SEP-53 says, written here once more from its text.
 */
public final class Proofs {

	private Proofs() {
	}

	static Map<String, Object> signed(Map<String, Object> claims, KeyPair key) {
		Map<String, Object> signed = new HashMap<>(claims);
		String version = claims.containsKey("sessionKey") ? "v2" : "v1";
		String text = "x402-session:" + version + ":" + claims.get("network") + ":" + claims.get("asset") + ":"
				+ claims.get("recipient") + ":" + claims.get("cap") + ":" + claims.get("expirationLedger") + ":"
				+ claims.get("approvalTxHash");
		signed.put("proof", of(version.equals("v2") ? text + ":" + claims.get("sessionKey") : text, key));
		return signed;
	}

	/** Return the signature over a text, base64. */
	public static String of(String message, KeyPair key) {
		byte[] hash = Util.hash(("Stellar Signed Message:\n" + message).getBytes(StandardCharsets.UTF_8));
		return Base64.getEncoder().encodeToString(key.sign(hash));
	}

}
