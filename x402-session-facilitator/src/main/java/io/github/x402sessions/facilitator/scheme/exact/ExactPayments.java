package io.github.x402sessions.facilitator.scheme.exact;

import io.github.x402sessions.core.protocol.PaymentRequirements;

/**
 * Reads what payers have signed. Implementations are thread-safe.
 */
interface ExactPayments {

	/**
	 * Read a payment, without a look at the ledger: one that was made has to be known
	 * again after it has expired.
	 * @param transaction what the payer sends, in base64: a stranger's text
	 * @param asked what it has to pay, exactly
	 * @return the payment, which pays that and nothing else, signed by its payer, with no
	 * account of ours anywhere in it
	 * @throws PaymentRefusedException if it is anything else
	 */
	ExactPayment read(String transaction, PaymentRequirements asked);

}
