package io.github.x402sessions.client.payment.message;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.core.http.SingleValue;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequired;

/**
 * Reads the challenge of an answer, of which there may be one. Of a 402 the body is not
 * looked at: it is the caller's. A challenge that cannot be read is one that cannot be
 * paid.
 */
public final class PaymentChallenge {

	private PaymentChallenge() {
	}

	/**
	 * Read what a server asks.
	 * @param form how it is written
	 * @param values the challenges that came
	 * @param url what was called
	 * @return the challenge, or empty if there is none, or several, or none that can be
	 * paid
	 */
	public static Optional<PaymentRequired> read(PaymentForm form, List<String> values, URI url) {
		try {
			return decode(form, values).map((challenge) -> challenge.understood(url));
		}
		catch (MalformedMessageException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Read why a server did not accept a payment.
	 * @param form how it is written
	 * @param values the challenges that came
	 * @return the reason, or empty if it does not ask again or does not say
	 */
	public static Optional<String> reason(PaymentForm form, List<String> values) {
		try {
			return decode(form, values).flatMap(LenientChallenge::reason);
		}
		catch (MalformedMessageException ex) {
			return Optional.empty();
		}
	}

	private static Optional<LenientChallenge> decode(PaymentForm form, List<String> values) {
		return SingleValue.of(values).map((value) -> form.read(value, LenientChallenge.class));
	}

}
