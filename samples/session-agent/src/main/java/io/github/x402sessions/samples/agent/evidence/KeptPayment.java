package io.github.x402sessions.samples.agent.evidence;

import java.time.Instant;

import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.client.payment.offer.SignedEvidence;
import io.github.x402sessions.core.offer.SignedOffer;
import io.github.x402sessions.core.offer.SignedReceipt;
import org.jspecify.annotations.Nullable;

/**
 * A line of a {@link ReceiptFile}: a payment and what its server has signed.
 *
 * @param at when it was paid, as ISO 8601
 * @param url what was called
 * @param network the network as a CAIP-2 id
 * @param asset what it was paid with
 * @param amount what was settled, base units, as far as the server says
 * @param transaction what moved the money, as far as the server says
 * @param offer the signed offer that was paid
 * @param receipt the signed receipt
 */
record KeptPayment(String at, String url, @Nullable String network, @Nullable String asset, @Nullable String amount,
		@Nullable String transaction, @Nullable SignedOffer offer, @Nullable SignedReceipt receipt) {

	static KeptPayment of(PaymentEvent.Paid paid, Instant now) {
		PaymentReceipt receipt = paid.receipt();
		SignedEvidence evidence = receipt.evidence();
		return new KeptPayment(now.toString(), paid.url().toString(), receipt.network(), paid.asset().id(),
				(receipt.amount() != null) ? receipt.amount().toString() : null, receipt.transaction(),
				evidence.offer(), evidence.receipt());
	}

}
