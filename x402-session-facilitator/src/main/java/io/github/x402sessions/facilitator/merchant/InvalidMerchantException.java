package io.github.x402sessions.facilitator.merchant;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown where a merchant cannot be as the operator wants it. The message says why, and
 * is for the operator.
 */
public final class InvalidMerchantException extends X402Exception {

	private final Kind kind;

	InvalidMerchantException(Kind kind, String message) {
		super(message, null);
		this.kind = kind;
	}

	static InvalidMerchantException invalid(String message) {
		return new InvalidMerchantException(Kind.INVALID, message);
	}

	static InvalidMerchantException unknown(String message) {
		return new InvalidMerchantException(Kind.UNKNOWN, message);
	}

	static InvalidMerchantException taken(String message) {
		return new InvalidMerchantException(Kind.TAKEN, message);
	}

	/** Return what is wrong. */
	public Kind kind() {
		return this.kind;
	}

	/** Return why, in a sentence without a full stop. */
	public String sentence() {
		return String.valueOf(getMessage());
	}

	/** The kind of fault in what the operator wants. */
	public enum Kind {

		/** Something is not of its form. */
		INVALID,

		/** There is nothing of that name. */
		UNKNOWN,

		/** Somebody else has it. */
		TAKEN

	}

}
