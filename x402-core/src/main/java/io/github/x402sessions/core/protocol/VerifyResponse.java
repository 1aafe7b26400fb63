package io.github.x402sessions.core.protocol;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * A facilitator's word on whether a payment could be settled now.
 *
 * @param isValid whether it could
 * @param invalidReason the reason when it could not, such as {@code cap_exceeded}
 * @param invalidMessage the reason in a sentence; optional
 * @param payer the address that would pay; optional
 * @param extensions extensions of the protocol by name; optional
 * @param others members that this version does not know, passed on as they came
 */
public record VerifyResponse(boolean isValid, @Nullable String invalidReason, @Nullable String invalidMessage,
		@Nullable String payer, @Nullable Map<String, @Nullable Object> extensions,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> others) {

	/**
	 * Copy what may change.
	 */
	public VerifyResponse {
		others = Required.map(others);
	}

	/**
	 * Create an answer.
	 * @param isValid whether the payment could be settled now
	 * @param invalidReason the reason when it could not, or {@code null}
	 * @param invalidMessage the reason in a sentence, or {@code null}
	 * @param payer the address that would pay, or {@code null}
	 * @param extensions extensions of the protocol by name, or {@code null}
	 */
	public VerifyResponse(boolean isValid, @Nullable String invalidReason, @Nullable String invalidMessage,
			@Nullable String payer, @Nullable Map<String, @Nullable Object> extensions) {
		this(isValid, invalidReason, invalidMessage, payer, extensions, Map.of());
	}

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

	/** Leaves out the extensions and what is not known, which may hold a session id. */
	@Override
	public String toString() {
		return "VerifyResponse[isValid=" + this.isValid + ", invalidReason=" + this.invalidReason + ", invalidMessage="
				+ this.invalidMessage + ", payer=" + this.payer + "]";
	}

}
