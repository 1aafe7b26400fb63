package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.client.payment.session.SessionGrant;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.price.Asset;
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
 * @param asset what it is paid with
 * @param identifier the call that it is for
 * @param share what it takes of the budget
 */
public record SentPayment(String header, PaymentRequired challenge, PaymentRequirements accepted, Asset asset,
		PaymentIdentifier identifier, Budget.Share share) {

	/** Servers refuse longer headers before they read them. */
	private static final int MAX_HEADER = 8 * 1024;

	/** The header, or empty if what has to be repeated of the challenge is too long. */
	public static Optional<String> header(SessionGrant grant, PaymentRequired challenge, PaymentRequirements accepted,
			PaymentIdentifier identifier) {
		PaymentPayload payment = PaymentPayload.of(challenge.resource(), accepted,
				Map.of("sessionId", grant.sessionId()));
		Map<String, @Nullable Object> extensions = identifier.in(challenge.extensions());
		return Stream.of(extensions, PaymentExtensions.withoutSchemas(extensions))
			.map((echo) -> PaymentHeader.encode(payment.withExtensions(echo)))
			.filter((header) -> header.length() <= MAX_HEADER)
			.findFirst();
	}

	/** Whether the server charges the same request once, however often it gets it. */
	boolean isRepeatable() {
		return PaymentExtensions.offersIdentifiers(this.challenge);
	}

	/**
	 * Whether it is what the server asks now, apart from what may be new every time.
	 */
	boolean meets(PaymentRequirements asked) {
		return this.accepted.scheme().equals(asked.scheme()) && this.accepted.network().equals(asked.network())
				&& this.accepted.asset().equals(asked.asset()) && this.accepted.payTo().equals(asked.payTo())
				&& this.accepted.amount().equals(asked.amount());
	}

	public BigInteger amount() {
		return this.accepted.baseUnits();
	}

	@Override
	public String toString() {
		return "SentPayment[amount=" + this.asset.describe(amount()) + "]";
	}

}
