package io.github.x402sessions.facilitator.settlement.repository;

import java.math.BigInteger;
import java.time.Instant;

/**
 * An amount that is held for a payment whose cost is not known yet.
 *
 * @param amount the most that it may cost, base units
 * @param until until when
 */
public record HeldAmount(BigInteger amount, Instant until) {
}
