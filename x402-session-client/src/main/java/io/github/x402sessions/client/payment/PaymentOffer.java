package io.github.x402sessions.client.payment;

import java.net.URI;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequired;

/**
 * An offer of a server to one call, as a {@link Payer} gets it.
 *
 * @param url the URL that was requested, not the one in the challenge
 * @param challenge what the server asks
 * @param identifier the call's payment identifier
 * @param named whether the identifier is one that the caller may use again: the call may
 * have been paid before
 */
public record PaymentOffer(URI url, PaymentRequired challenge, PaymentIdentifier identifier, boolean named) {
}
