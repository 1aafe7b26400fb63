package io.github.x402sessions.client.payment.session;

import java.math.BigInteger;
import java.util.Map;

import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.core.scheme.SessionScheme;
import org.jspecify.annotations.Nullable;

/**
 * The state of a session by a receipt of a call that it paid.
 *
 * @param spent what the session has spent in all, base units, or {@code null} if the
 * server does not say
 * @param remaining what the session may still spend, base units, or {@code null} if the
 * server does not say
 */
public record SessionBalance(@Nullable BigInteger spent, @Nullable BigInteger remaining) {

	/**
	 * Read what a receipt says of a session.
	 * @param receipt the receipt
	 * @return the balance; of a payment by another scheme nothing is known
	 */
	public static SessionBalance of(PaymentReceipt receipt) {
		Map<?, ?> session = (receipt.extensions().get(SessionScheme.NAME) instanceof Map<?, ?> map) ? map : Map.of();
		return new SessionBalance(number(session.get("spent")), number(session.get("remaining")));
	}

	private static @Nullable BigInteger number(@Nullable Object value) {
		return (value != null) ? BaseUnits.read(value.toString()).orElse(null) : null;
	}

}
