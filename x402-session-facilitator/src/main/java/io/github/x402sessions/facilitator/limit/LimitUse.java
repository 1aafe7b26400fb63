package io.github.x402sessions.facilitator.limit;

/**
 * A use that was counted against a limit.
 *
 * @param amount how much
 * @param endsAt when its period ends, by the store's time, milliseconds since 1970
 */
public record LimitUse(long amount, long endsAt) {
}
