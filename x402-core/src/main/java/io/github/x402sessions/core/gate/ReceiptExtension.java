package io.github.x402sessions.core.gate;

import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.jspecify.annotations.Nullable;

/**
 * An extension of the protocol in the receipts of a {@link PaymentGate}, of answers that
 * were paid for and come. A receipt is sent without it where it cannot be made: nothing
 * fails after a settlement. Implementations are thread-safe.
 */
public interface ReceiptExtension {

	/**
	 * Return what the extension is called on the wire.
	 * @return a name such as {@code offer-receipt}
	 */
	String name();

	/**
	 * Say something of a payment.
	 * @param challenge the terms that were paid for
	 * @param receipt a success, with its payer where that is known
	 * @return the extension, or empty for nothing
	 */
	Optional<Map<String, @Nullable Object>> of(PaymentRequired challenge, SettleResponse receipt);

}
