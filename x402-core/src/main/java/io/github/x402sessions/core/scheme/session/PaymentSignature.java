package io.github.x402sessions.core.scheme.session;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * The signed part of a session's payment: what its {@link PaymentStatement} does not have
 * from elsewhere, and the signature. {@link #toString()} leaves the signature out.
 *
 * @param method the method that the payer signed; {@code -} where the transport has none
 * @param body the hash of the body that the payer signed, see {@link BodyHash}
 * @param validUntil the last moment of the signature, Unix seconds
 * @param signature 64 bytes in base64; writers use base64url without padding
 */
public record PaymentSignature(String method, String body, long validUntil, String signature) {

	private static final String METHOD = "method";

	private static final String BODY = "body";

	static final String VALID_UNTIL = "validUntil";

	static final String SIGNATURE = "signature";

	/**
	 * Read what the holder of a session's key signed.
	 * @param payload the members of a payment's {@code payload}
	 * @return what they say
	 * @throws MalformedMessageException if a member is missing or of another type
	 */
	static PaymentSignature read(Map<String, @Nullable Object> payload) {
		if (!(payload.get(VALID_UNTIL) instanceof Number seconds)
				|| !(seconds instanceof Integer || seconds instanceof Long) || seconds.longValue() < 0) {
			throw new MalformedMessageException("'payload." + VALID_UNTIL + "' must be Unix seconds");
		}
		return new PaymentSignature(text(payload, METHOD), text(payload, BODY), seconds.longValue(),
				text(payload, SIGNATURE));
	}

	private static String text(Map<String, @Nullable Object> payload, String member) {
		if (payload.get(member) instanceof String text && !text.isEmpty()) {
			return text;
		}
		throw new MalformedMessageException("'payload." + member + "' must be a text");
	}

	/**
	 * Write the members that a payload has beside the session's id.
	 * @return the members by their names
	 */
	public Map<String, @Nullable Object> toMembers() {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		members.put(METHOD, this.method);
		members.put(BODY, this.body);
		members.put(VALID_UNTIL, this.validUntil);
		members.put(SIGNATURE, this.signature);
		return members;
	}

	/**
	 * Return the signature's bytes, however many there are.
	 * @return the bytes
	 * @throws IllegalArgumentException if it is no base64
	 */
	public byte[] signatureBytes() {
		return Base64Bytes.read(this.signature);
	}

	@Override
	public String toString() {
		return "PaymentSignature[method=" + this.method + ", validUntil=" + this.validUntil + "]";
	}

}
