package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.time.Duration;

import io.github.x402sessions.facilitator.session.SessionRules;

/**
 * Limits that the operator sets to payments.
 *
 * @param rules what the operator lets be registered, which payments keep to as well
 * @param minPerCall the least that one payment may be, base units: less is not worth the
 * fee of its transaction
 * @param maxPerCall the most that one payment may be, base units
 * @param callsPerMinute how many payments one session may make in a minute; 0 for any
 * number
 * @param hold how long a verified payment with an identifier keeps others from taking
 * what it needs; zero for not at all
 * @param memory how long a payment is known by its identifier, which has to outlive what
 * was signed for it
 */
public record SpendingPolicy(SessionRules rules, BigInteger minPerCall, BigInteger maxPerCall, int callsPerMinute,
		Duration hold, Duration memory) {
}
