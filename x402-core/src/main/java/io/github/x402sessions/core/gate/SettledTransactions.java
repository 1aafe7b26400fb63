package io.github.x402sessions.core.gate;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.scheme.PaymentScheme;

/**
 * Remembers which transactions have paid lately, and which commitments, and for which
 * payment: each pays once, unless its facilitator says that it repeats itself or that
 * several payments share a transaction. What a client calls its payment proves nothing of
 * a first attempt: it may call several the same. Bounded; thread-safe.
 */
final class SettledTransactions {

	private static final int MAX_TRANSACTIONS = 10_000;

	private final Map<String, Object> payments = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
			return size() > MAX_TRANSACTIONS;
		}

	};

	/**
	 * Tell whether a transaction pays for a payment.
	 * @param repeated whether the payment may have been settled before, for the same
	 * answer
	 * @param receipt the facilitator's receipt, which is a success
	 */
	synchronized boolean pays(PaymentDecision.Verified verified, boolean repeated, SettleResponse receipt) {
		if (PaymentIdentifier.isReplayed(receipt)
				|| PaymentScheme.of(verified.request().paymentRequirements().scheme()).isShared(receipt)) {
			return true;
		}
		Object payment = verified.identifier()
			.map((id) -> (Object) (verified.payer() + " " + id))
			.orElseGet(Object::new);
		Object before = this.payments.putIfAbsent(key(receipt), payment);
		return before == null || (repeated && before.equals(payment));
	}

	/** Two spellings of a hash are one transaction. */
	private static String key(SettleResponse receipt) {
		return receipt.network() + " " + receipt.transaction().toLowerCase(Locale.ROOT);
	}

}
