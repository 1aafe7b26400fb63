package io.github.x402sessions.facilitator.scheme;

import java.util.Locale;

import io.github.x402sessions.stellar.balance.TransferFailure;

/**
 * The reason for which a payment is refused, by its name on the wire.
 */
public enum Reason {

	SCHEME_MISMATCH, NETWORK_MISMATCH, MISSING_SESSION_ID, SESSION_NOT_FOUND, ASSET_MISMATCH, RECIPIENT_MISMATCH,
	SPENDER_MISMATCH, SESSION_NETWORK_MISMATCH, SESSION_EXPIRED, SESSION_SUPERSEDED, INVALID_AMOUNT,
	PER_CALL_LIMIT_EXCEEDED, CAP_EXCEEDED, RPC_ERROR, SETTLEMENT_PENDING, ONCHAIN_TRANSFER_FAILED,
	PAYMENT_IDENTIFIER_CONFLICT, DUPLICATE_SETTLEMENT, RATE_LIMITED, SIGNATURE_REQUIRED, INVALID_SIGNATURE,
	PAYMENT_EXPIRED, NOT_HELD;

	/**
	 * Return the name of the reason on the wire.
	 * @return the name
	 */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
