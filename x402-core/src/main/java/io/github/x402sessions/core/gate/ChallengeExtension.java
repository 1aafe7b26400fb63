package io.github.x402sessions.core.gate;

import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;

/**
 * An extension of the protocol in the challenges of a {@link PaymentGate}: what a server
 * says beside its terms. A challenge is sent without it where it does not fit into the
 * response headers, or where it cannot be made: nobody has to know it in order to pay.
 * Implementations are thread-safe.
 */
public interface ChallengeExtension {

	/**
	 * Return what the extension is called on the wire.
	 * @return a name such as {@code bazaar}
	 */
	String name();

	/**
	 * Say something of a resource. Asked for every challenge, so it has to be quick, and
	 * of one that is not {@link #isDynamic() dynamic} for every payment too.
	 * @param route the route that is for sale
	 * @param challenge the challenge, with the extensions that come before this one
	 * @return the extension, with its {@code info} and where it has one its
	 * {@code schema}; or empty for nothing
	 */
	Optional<Map<String, @Nullable Object>> of(PricedRoute route, PaymentRequired challenge);

	/**
	 * Tell whether it says something else every time. What a client sends back of it is
	 * not compared with anything then.
	 * @return whether two challenges of the same resource may differ in it
	 */
	default boolean isDynamic() {
		return false;
	}

}
