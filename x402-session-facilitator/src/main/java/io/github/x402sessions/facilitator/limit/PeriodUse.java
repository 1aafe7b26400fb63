package io.github.x402sessions.facilitator.limit;

import java.time.Duration;

/**
 * The use that somebody has made of a limit in a period that goes on.
 *
 * @param used how much
 * @param left how long the period lasts yet
 */
public record PeriodUse(long used, Duration left) {
}
