package io.github.x402sessions.core.protocol;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A facilitator's word on whether a payment could be settled now.
 *
 * @param isValid whether it could
 * @param invalidReason the reason when it could not, such as {@code cap_exceeded}
 * @param invalidMessage the reason in a sentence; optional
 * @param payer the address that would pay; optional
 * @param extensions extensions of the protocol by name; optional
 */
public record VerifyResponse(boolean isValid, @Nullable String invalidReason, @Nullable String invalidMessage,
		@Nullable String payer, @Nullable Map<String, @Nullable Object> extensions) {

	/**
	 * Create an answer for a payment that can be settled.
	 * @param payer the address that would pay
	 * @return the answer
	 */
	public static VerifyResponse valid(String payer) {
		return new VerifyResponse(true, null, null, payer, null);
	}

	/**
	 * Create an answer for a payment that cannot be settled.
	 * @param reason the reason's name on the wire
	 * @param message the reason in a sentence, or {@code null}
	 * @return the answer
	 */
	public static VerifyResponse invalid(String reason, @Nullable String message) {
		return new VerifyResponse(false, reason, message, null, null);
	}

	/** Leaves out the extensions, which may hold a session id. */
	@Override
	public String toString() {
		return "VerifyResponse[isValid=" + this.isValid + ", invalidReason=" + this.invalidReason + ", invalidMessage="
				+ this.invalidMessage + ", payer=" + this.payer + "]";
	}

}
