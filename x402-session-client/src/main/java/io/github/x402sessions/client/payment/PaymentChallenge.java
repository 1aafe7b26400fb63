package io.github.x402sessions.client.payment;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;

/**
 * Reads the challenge of a 402 from its header, of which there may be one. The body is
 * not looked at: it is the caller's. A challenge that cannot be read is one that cannot
 * be paid.
 */
final class PaymentChallenge {

	/** The longest challenge that is read, characters. */
	private static final int MAX_LENGTH = 64 * 1024;

	private PaymentChallenge() {
	}

	/** What a server asks for a URL. */
	static Optional<PaymentRequired> read(List<String> values, URI url) {
		try {
			return decode(values).map((challenge) -> challenge.understood(url));
		}
		catch (MalformedMessageException ex) {
			return Optional.empty();
		}
	}

	/** Why a server did not accept a payment, if it asks again and says why. */
	static Optional<String> reason(List<String> values) {
		try {
			return decode(values).flatMap(LenientChallenge::reason);
		}
		catch (MalformedMessageException ex) {
			return Optional.empty();
		}
	}

	private static Optional<LenientChallenge> decode(List<String> values) {
		return SingleValue.of(values).map((value) -> PaymentHeader.decode(value, LenientChallenge.class, MAX_LENGTH));
	}

}
