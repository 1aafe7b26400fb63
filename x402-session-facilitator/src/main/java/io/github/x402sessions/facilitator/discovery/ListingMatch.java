package io.github.x402sessions.facilitator.discovery;

import java.time.Instant;

/**
 * A listing that a search has found.
 *
 * @param number its number
 * @param score how well its words match; more is better, and only scores of one search
 * compare
 * @param lastPaid when it was paid last
 * @param price the least that it costs, base units
 */
public record ListingMatch(long number, double score, Instant lastPaid, long price) {
}
