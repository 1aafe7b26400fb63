package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.util.Map;

import io.github.x402sessions.core.once.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * One payment on its way.
 *
 * @param header the value of the payment header; holds the session id
 * @param challenge what it answers
 * @param accepted the way to pay that was chosen
 * @param share what it takes of the budget
 */
record SentPayment(String header, PaymentRequired challenge, PaymentRequirements accepted, Budget.Share share) {

	static String header(SessionGrant grant, PaymentRequired challenge, PaymentRequirements accepted,
			PaymentIdentifier identifier) {
		Map<String, @Nullable Object> extensions = IdempotencyKey.echo(challenge, identifier).orElse(null);
		Map<String, @Nullable Object> payload = Map.of("sessionId", grant.sessionId());
		return PaymentHeader
			.encode(new PaymentPayload(challenge.x402Version(), challenge.resource(), accepted, payload, extensions));
	}

	BigInteger amount() {
		return this.accepted.baseUnits();
	}

	@Override
	public String toString() {
		return "SentPayment[amount=" + this.accepted.amount() + "]";
	}

}
