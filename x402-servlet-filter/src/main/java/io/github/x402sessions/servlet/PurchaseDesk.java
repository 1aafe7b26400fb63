package io.github.x402sessions.servlet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

import io.github.x402sessions.core.once.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.servlet.once.AnswerStore;
import io.github.x402sessions.servlet.once.Purchase;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a payment's identifier was used for before the payment is looked at
 * itself: an identifier buys one answer (x402 extension {@code payment-identifier}).
 * Thread-safe.
 */
final class PurchaseDesk {

	private final AnswerStore store;

	PurchaseDesk(AnswerStore store) {
		this.store = store;
	}

	/**
	 * Claim the identifier of a payment.
	 * @param request the request, nothing of whose body was read
	 * @param payment the payment, or {@code null} if none came
	 * @return how the request may go on
	 * @throws IOException if the client does not send its request
	 */
	Admission admit(HttpServletRequest request, @Nullable PaymentPayload payment) throws IOException {
		Optional<PaymentIdentifier> identifier = (payment != null) ? PaymentIdentifier.of(payment) : Optional.empty();
		if (payment == null || identifier.isEmpty()) {
			return new Admission.Open(OpenPurchase.untracked());
		}
		String key = key(payment, identifier.get());
		String hash = RequestHash.of(request, payment.accepted());
		Purchase known = this.store.claim(key, hash);
		if (known == null) {
			return new Admission.Open(OpenPurchase.claimed(this.store, key, hash));
		}
		return known.request().equals(hash) ? again(request, key, known) : new Admission.Taken();
	}

	private Admission again(HttpServletRequest request, String key, Purchase known) throws IOException {
		if (known instanceof Purchase.Owed owed) {
			return new Admission.Open(OpenPurchase.again(this.store, key, owed));
		}
		if (known instanceof Purchase.Running) {
			return new Admission.Busy();
		}
		if (known instanceof Purchase.Answered answered && BodyHash.matches(request, answered.body())) {
			return new Admission.Replay(answered.answer());
		}
		return new Admission.Taken();
	}

	/** One payer's identifier is not another's, and the key tells neither. */
	private static String key(PaymentPayload payment, PaymentIdentifier identifier) {
		MessageDigest digest = RequestHash.sha256();
		for (String part : new String[] { payment.accepted().scheme(), payment.accepted().network(),
				identifier.id() }) {
			digest.update(part.getBytes(StandardCharsets.UTF_8));
			digest.update((byte) '\n');
		}
		digest.update(WireJson.write(payment.payload()));
		return HexFormat.of().formatHex(digest.digest());
	}

}
