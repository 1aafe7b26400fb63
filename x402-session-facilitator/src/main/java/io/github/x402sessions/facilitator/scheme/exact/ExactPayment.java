package io.github.x402sessions.facilitator.scheme.exact;

import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferMethod;

/**
 * A payment that its payer has signed. Implementations are thread-safe, and their text
 * shows nothing of what is signed.
 */
interface ExactPayment {

	/** Return what is transferred. */
	Transfer transfer();

	/** Return the number by which the ledger takes it once, in decimal. */
	String nonce();

	/** Return the last ledger that may apply it. */
	long lastLedger();

	/** Return how it is made on the chain. */
	TransferMethod method();

	/**
	 * Check that the chain would make it now, and do nothing else: by the time it is
	 * signed for, and by a simulation on the latest ledger.
	 * @throws PaymentRefusedException if not
	 * @throws RpcException if the chain does not say
	 */
	void check();

}
