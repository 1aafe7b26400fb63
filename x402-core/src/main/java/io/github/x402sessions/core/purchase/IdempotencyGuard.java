package io.github.x402sessions.core.purchase;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

import io.github.x402sessions.core.gate.ReceivedCall;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.core.scheme.PaymentScheme;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what a payment's identifier was used for before the payment is looked at
 * itself: an identifier buys one answer (x402 extension {@code payment-identifier}).
 * Thread-safe.
 */
public final class IdempotencyGuard {

	private static final Logger logger = LoggerFactory.getLogger(IdempotencyGuard.class);

	/** Stands before the JSON of what was signed. */
	private static final byte[] SIGNED = "signed\n".getBytes(StandardCharsets.US_ASCII);

	private final ResponseStore store;

	/**
	 * Create a guard.
	 * @param store remembers what identifiers were used for
	 */
	public IdempotencyGuard(ResponseStore store) {
		this.store = store;
	}

	/**
	 * Claim the identifier of a payment.
	 * @param payment the payment, or {@code null} if none came
	 * @param hash makes a hash of the request and of the terms that it is paid on, as far
	 * as they say what is paid
	 * @param body the request's body, nothing of which was read
	 * @return how the request may go on
	 * @throws IOException if the client does not send its request
	 */
	public IdempotencyDecision admit(@Nullable PaymentPayload payment, Function<PaymentRequirements, String> hash,
			RepeatableBody body) throws IOException {
		Optional<PaymentIdentifier> identifier = (payment != null) ? PaymentIdentifier.of(payment) : Optional.empty();
		if (payment == null || identifier.isEmpty()) {
			return new IdempotencyDecision.Open(IdempotentPurchase.untracked());
		}
		String key = key(payment, identifier.get());
		String request = hash.apply(payment.accepted());
		PurchaseClaim claim;
		try {
			claim = this.store.claim(key, request);
		}
		catch (AnswersUnavailableException | UnreadableAnswerException ex) {
			return new IdempotencyDecision.Unavailable();
		}
		catch (RuntimeException ex) {
			logger.error("The store of answers failed", ex);
			return new IdempotencyDecision.Unavailable();
		}
		Again next = claim.fold(
				(won) -> () -> new IdempotencyDecision.Open(IdempotentPurchase.claimed(won, request, body)),
				(lost) -> () -> again(body, request, lost.known()));
		return next.decide();
	}

	private static IdempotencyDecision again(RepeatableBody body, String request, Purchase known) throws IOException {
		if (!known.request().equals(request)) {
			return new IdempotencyDecision.Taken();
		}
		Again again = known.fold((running) -> IdempotencyDecision.Busy::new, (owed) -> IdempotencyDecision.Busy::new,
				(answered) -> () -> body.matches(answered.body())
						? new IdempotencyDecision.Replay(answered.response(), answered.amount())
						: new IdempotencyDecision.Taken(),
				(spent) -> IdempotencyDecision.Taken::new);
		return again.decide();
	}

	/**
	 * One payer's identifier is not another's, and the key tells neither. What is signed
	 * anew for each attempt is left out, but not that it was signed: what a signature has
	 * bought is for nobody who comes without one.
	 */
	private static String key(PaymentPayload payment, PaymentIdentifier identifier) {
		MessageDigest digest = Sha256.begin();
		for (String part : new String[] { payment.accepted().scheme(), payment.accepted().network(),
				identifier.id() }) {
			digest.update(part.getBytes(StandardCharsets.UTF_8));
			digest.update((byte) '\n');
		}
		if (ReceivedCall.signedIn(payment).isPresent()) {
			digest.update(SIGNED);
		}
		digest.update(WireJson.write(PaymentScheme.of(payment.accepted().scheme()).lasting(payment)));
		return HexFormat.of().formatHex(digest.digest());
	}

	/** Decides on a request that came before, and may have to read its body. */
	@FunctionalInterface
	private interface Again {

		IdempotencyDecision decide() throws IOException;

	}

}
