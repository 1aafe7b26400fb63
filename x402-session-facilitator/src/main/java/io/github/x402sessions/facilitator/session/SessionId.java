package io.github.x402sessions.facilitator.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

import io.github.x402sessions.core.hash.Sha256;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bearer token of a session: whoever knows it may pay with the session. It is 256 bit
 * that nobody can tell without the facilitator's secret, yet the same for the same terms,
 * so that a payer whose answer was lost can register again and get it back. Only its hash
 * is stored, and it never shows itself.
 *
 * @param value the token
 */
public record SessionId(String value) {

	private static final String MAC = "HmacSHA256";

	private static final int HANDLE_LENGTH = 16;

	private static final String KEYED = "keyed:";

	/**
	 * Make the token of a session.
	 * @param secret a secret of the facilitator, kept for this alone
	 * @param terms the session's terms
	 * @param proven whether the payer signed for them; a signed session has a token that
	 * cannot be had without the signature, and one with a key has one of its own again
	 * @return the token
	 */
	public static SessionId derive(byte[] secret, SessionTerms terms, boolean proven) {
		String kind = (terms.sessionKey() != null) ? "key " + terms.sessionKey() : proven ? "proven" : "listed";
		String text = String.join("|", kind, terms.network(), terms.approval(), terms.payer(), terms.spender(),
				terms.asset(), terms.recipient(), terms.cap().toString(), Long.toString(terms.expirationLedger()));
		try {
			Mac mac = Mac.getInstance(MAC);
			mac.init(new SecretKeySpec(secret, MAC));
			byte[] token = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
			return new SessionId(Base64.getUrlEncoder().withoutPadding().encodeToString(token));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(MAC + " is part of every Java platform", ex);
		}
	}

	/**
	 * Return what is stored in the token's place.
	 * @return its SHA-256, 64 hex digits
	 */
	public String hash() {
		return Sha256.hex(this.value);
	}

	/**
	 * Return what is stored in the token's place where the session has a key: nothing
	 * that a node can find which does not know of keys, and would pay without a
	 * signature.
	 * @return 64 hex digits that begin as {@link #hash()} does, with the handle
	 */
	public String keyedHash() {
		return handle() + Sha256.hex(KEYED + this.value).substring(HANDLE_LENGTH);
	}

	/**
	 * Return a name for the session that opens nothing: a receipt may carry it.
	 * @return the beginning of the token's hash, 16 hex digits
	 */
	public String handle() {
		return hash().substring(0, HANDLE_LENGTH);
	}

	@Override
	public String toString() {
		return "SessionId[…]";
	}

}
