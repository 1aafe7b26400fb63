package io.github.x402sessions.facilitator.settlement.repository;

import org.jspecify.annotations.Nullable;

/**
 * The key by which two requests are the same payment: an account settles an id at most
 * once. Without one, equal payments are different ones, except where the first left its
 * caller without an answer.
 *
 * @param id the client's payment identifier, or {@code null} if it gave none
 * @param terms a hash of what is to be paid, 64 hex digits; under one id it never
 * changes. Without an id a hash of the whole payment
 * @param tracked whether the server that asks keeps track of ids, so that it may be told
 * of a payment as often as it asks; never without an id
 */
public record PaymentKey(@Nullable String id, String terms, boolean tracked) {
}
