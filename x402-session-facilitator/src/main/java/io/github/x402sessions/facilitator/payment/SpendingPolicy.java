package io.github.x402sessions.facilitator.payment;

import java.math.BigInteger;

import io.github.x402sessions.facilitator.session.SessionRules;

/**
 * What the operator lets be paid.
 *
 * @param rules what the operator lets be registered, which payments keep to as well
 * @param maxPerCall the most that one payment may be, base units
 */
public record SpendingPolicy(SessionRules rules, BigInteger maxPerCall) {
}
