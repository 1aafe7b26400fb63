package io.github.x402sessions.facilitator.payment;

import java.util.Locale;

import io.github.x402sessions.stellar.balance.TransferFailure;

/**
 * The reason for which a payment is refused, by its name on the wire.
 */
enum Reason {

	SCHEME_MISMATCH, NETWORK_MISMATCH, MISSING_SESSION_ID, SESSION_NOT_FOUND, ASSET_MISMATCH, RECIPIENT_MISMATCH,
	SPENDER_MISMATCH, SESSION_NETWORK_MISMATCH, SESSION_EXPIRED, SESSION_SUPERSEDED, INVALID_AMOUNT,
	PER_CALL_LIMIT_EXCEEDED, CAP_EXCEEDED, RPC_ERROR, SETTLEMENT_PENDING, ONCHAIN_TRANSFER_FAILED,
	PAYMENT_IDENTIFIER_CONFLICT, DUPLICATE_SETTLEMENT, RATE_LIMITED;

	/** What the chain's refusal means to the payment. */
	static Reason of(TransferFailure failure) {
		return (failure == TransferFailure.ALLOWANCE) ? SESSION_SUPERSEDED : ONCHAIN_TRANSFER_FAILED;
	}

	String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
