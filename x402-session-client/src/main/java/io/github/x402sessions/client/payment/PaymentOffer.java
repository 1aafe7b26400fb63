package io.github.x402sessions.client.payment;

import java.net.URI;
import java.time.Instant;
import java.util.function.Supplier;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequired;
import org.jspecify.annotations.Nullable;

/**
 * An offer of a server to one call, as a {@link Payer} gets it.
 *
 * @param url the URL that was requested, not the one in the challenge
 * @param challenge what the server asks
 * @param identifier the call's payment identifier
 * @param named whether the identifier is one that the caller may use again: the call may
 * have been paid before
 * @param method the method of the request
 * @param body tells the hash of the request's body as
 * {@link io.github.x402sessions.core.scheme.session.BodyHash} writes it, or that it is
 * not known; may have to read the body for that
 * @param servedAt when the server made the offer by its own clock; {@code null} if it
 * does not say
 */
public record PaymentOffer(URI url, PaymentRequired challenge, PaymentIdentifier identifier, boolean named,
		String method, Supplier<String> body, @Nullable Instant servedAt) {
}
