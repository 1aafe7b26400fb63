package io.github.x402sessions.core.gate;

import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;

/**
 * Puts the {@linkplain PricedRoute#declaration() declaration} of a route into its
 * challenges. It is the same for each of them, so that no payer can change in its echo
 * what a catalogue hears of the call. Thread-safe.
 */
public final class BazaarExtension implements ChallengeExtension {

	/**
	 * The longest declaration that a server should make, bytes of JSON: a payment repeats
	 * it within the headers of a request.
	 */
	public static final int MAX_LENGTH = 2048;

	@Override
	public String name() {
		return BazaarDeclaration.EXTENSION;
	}

	@Override
	public Optional<Map<String, @Nullable Object>> of(PricedRoute route, PaymentRequired challenge) {
		return Optional.ofNullable(route.declaration()).map(BazaarDeclaration::members);
	}

}
