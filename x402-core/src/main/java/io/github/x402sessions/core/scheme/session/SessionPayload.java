package io.github.x402sessions.core.scheme.session;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a session's payment. Both parts are for its facilitator and its server
 * only: {@link #toString()} leaves them out.
 *
 * @param sessionId the session's id, a bearer token; empty if there is none
 * @param signature what the holder of the session's key signed; absent where the session
 * has no key
 */
public record SessionPayload(String sessionId, @Nullable PaymentSignature signature) {

	private static final String SESSION_ID = "sessionId";

	/**
	 * Read a payload. One that has no signature is not signed, whatever else it holds.
	 * @param payload the members of a payment's {@code payload}
	 * @return what they say
	 * @throws MalformedMessageException if there is a signature, and a member that
	 * belongs to it is missing or of another type
	 */
	public static SessionPayload read(Map<String, @Nullable Object> payload) {
		String sessionId = (payload.get(SESSION_ID) instanceof String id) ? id : "";
		return new SessionPayload(sessionId,
				payload.containsKey(PaymentSignature.SIGNATURE) ? PaymentSignature.read(payload) : null);
	}

	/**
	 * Leave out what is signed anew at each attempt at one request, and nothing else.
	 * @param payload the members of a payment's {@code payload}
	 * @return the members that stay the same
	 */
	public static Map<String, @Nullable Object> lasting(Map<String, @Nullable Object> payload) {
		if (!payload.containsKey(PaymentSignature.SIGNATURE)) {
			return payload;
		}
		Map<String, @Nullable Object> lasting = new LinkedHashMap<>(payload);
		lasting.remove(PaymentSignature.SIGNATURE);
		lasting.remove(PaymentSignature.VALID_UNTIL);
		return lasting;
	}

	/**
	 * Write it.
	 * @return the members of a payment's {@code payload}
	 */
	public Map<String, @Nullable Object> toPayload() {
		Map<String, @Nullable Object> payload = new LinkedHashMap<>();
		payload.put(SESSION_ID, this.sessionId);
		if (this.signature != null) {
			payload.putAll(this.signature.toMembers());
		}
		return payload;
	}

	@Override
	public String toString() {
		return "SessionPayload[" + ((this.signature != null) ? "signed" : "not signed") + "]";
	}

}
