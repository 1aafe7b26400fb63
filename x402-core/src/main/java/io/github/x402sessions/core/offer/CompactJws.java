package io.github.x402sessions.core.offer;

import java.util.Base64;
import java.util.Map;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Web Signature in its compact serialization (RFC 7515).
 *
 * @param text all of it
 * @param header what says how it is signed
 * @param encoded what is signed, JSON in base64url
 */
record CompactJws(String text, Header header, String encoded) {

	static final String EDDSA = AlgorithmIdentifiers.EDDSA;

	/** A signed offer is some 700 characters long. */
	private static final int MAX_LENGTH = 8 * 1024;

	private static final AlgorithmConstraints ED25519_ONLY = new AlgorithmConstraints(
			AlgorithmConstraints.ConstraintType.PERMIT, EDDSA);

	/** Sign JSON. */
	static String sign(String kid, byte[] payload, OfferKey key) {
		JsonWebSignature jws = new JsonWebSignature();
		jws.setAlgorithmConstraints(ED25519_ONLY);
		jws.setAlgorithmHeaderValue(EDDSA);
		jws.setKeyIdHeaderValue(kid);
		jws.setPayloadBytes(payload);
		jws.setKey(key.key());
		try {
			return jws.getCompactSerialization();
		}
		catch (JoseException ex) {
			throw new IllegalStateException("nothing can be signed", ex);
		}
	}

	/**
	 * Take one apart, whoever has signed it.
	 * @throws MalformedMessageException if it is none
	 */
	static CompactJws read(String text) {
		String[] parts = text.split("\\.", -1);
		if (text.length() > MAX_LENGTH || parts.length != 3) {
			throw new MalformedMessageException("no compact JSON Web Signature of up to " + MAX_LENGTH + " characters");
		}
		try {
			Header header = WireJson.read(Base64.getUrlDecoder().decode(parts[0]), Header.class);
			Base64.getUrlDecoder().decode(parts[1]);
			return new CompactJws(text, header, parts[1]);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedMessageException("a part of the signature is no base64url");
		}
	}

	/** What is signed. */
	<T> T payload(Class<T> type) {
		return WireJson.read(Base64.getUrlDecoder().decode(this.encoded), type);
	}

	/** Whether it is, by the key and no other. */
	boolean isSignedBy(Ed25519PublicKey key) {
		if (this.header.isExtended()) {
			return false;
		}
		JsonWebSignature jws = new JsonWebSignature();
		jws.setAlgorithmConstraints(ED25519_ONLY);
		try {
			jws.setCompactSerialization(this.text);
			jws.setKey(key.key());
			return jws.verifySignature();
		}
		catch (JoseException ex) {
			return false;
		}
	}

	@Override
	public String toString() {
		return "CompactJws[kid=" + this.header.kid() + "]";
	}

	/**
	 * The protected header, as far as it counts.
	 *
	 * @param alg the algorithm
	 * @param kid the key's id
	 * @param jwk the key itself
	 * @param crit what has to be understood
	 * @param b64 whether the payload is base64url
	 */
	record Header(@Nullable String alg, @Nullable String kid, @Nullable Map<String, @Nullable Object> jwk,
			@Nullable Object crit, @Nullable Object b64) {

		/** Whether it asks for something that no offer needs. */
		boolean isExtended() {
			return this.crit != null || this.b64 != null;
		}

	}

}
