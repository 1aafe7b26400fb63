package io.github.x402sessions.client.facilitator;

import java.util.Base64;
import java.util.function.Function;

/**
 * The proof that the owner of an approval is the one who registers it, and for whom: an
 * approval is public the moment it lands, and whoever registers it names the recipient. A
 * message signed by SEP-53.
 */
final class OwnershipProof {

	private OwnershipProof() {
	}

	static String sign(RegistrationBody registration, Function<String, byte[]> signer) {
		return Base64.getEncoder().encodeToString(signer.apply(text(registration)));
	}

	/**
	 * With the session's key in it, nobody can register the approval with another one.
	 */
	private static String text(RegistrationBody registration) {
		String terms = String.join(":", registration.network(), registration.asset(), registration.recipient(),
				registration.cap(), Long.toString(registration.expirationLedger()), registration.approvalTxHash());
		return (registration.sessionKey() != null) ? "x402-session:v2:" + terms + ":" + registration.sessionKey()
				: "x402-session:v1:" + terms;
	}

}
