package io.github.x402sessions.devnet.transaction;

/**
 * The result code of a transaction, by the number of the protocol.
 */
public enum TransactionCode {

	SUCCESS(0), FAILED(-1), TOO_EARLY(-2), TOO_LATE(-3), MISSING_OPERATION(-4), BAD_SEQ(-5), BAD_AUTH(-6),
	INSUFFICIENT_BALANCE(-7), NO_ACCOUNT(-8), INSUFFICIENT_FEE(-9), BAD_AUTH_EXTRA(-10), BAD_MIN_SEQ_AGE_OR_GAP(-15),
	MALFORMED(-16), SOROBAN_INVALID(-17);

	private final int number;

	TransactionCode(int number) {
		this.number = number;
	}

	int number() {
		return this.number;
	}

}
