package io.github.x402sessions.facilitator.discovery;

import java.time.Duration;

/**
 * The limits of a catalogue.
 *
 * @param total how many listings there are at most: of the recipient that has most of
 * them, the one that was not paid for longest gives way to a recipient that has less
 * @param perRecipient how many there are at most that pay the same recipient
 * @param retention how long something is listed that is not paid
 */
public record ListingLimits(int total, int perRecipient, Duration retention) {
}
