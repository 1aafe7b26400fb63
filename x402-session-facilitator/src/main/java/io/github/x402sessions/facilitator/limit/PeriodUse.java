package io.github.x402sessions.facilitator.limit;

import java.time.Duration;

/**
 * What somebody has used of a limit in a period that goes on.
 *
 * @param used how much
 * @param left how long the period lasts yet
 */
public record PeriodUse(long used, Duration left) {
}
