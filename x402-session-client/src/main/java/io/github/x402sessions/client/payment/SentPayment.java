package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.util.Map;

import io.github.x402sessions.core.once.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;

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
		PaymentPayload payment = PaymentPayload.of(challenge.resource(), accepted,
				Map.of("sessionId", grant.sessionId()));
		return PaymentHeader
			.encode(IdempotencyKey.echo(challenge, identifier).map(payment::withExtensions).orElse(payment));
	}

	BigInteger amount() {
		return this.accepted.baseUnits();
	}

	@Override
	public String toString() {
		return "SentPayment[amount=" + this.accepted.amount() + "]";
	}

}
