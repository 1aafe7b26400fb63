package io.github.x402sessions.facilitator.merchant;

import java.math.BigInteger;

/**
 * Payments that a merchant had in one day and asset.
 *
 * @param day the day, UTC, since 1970
 * @param asset the contract of the asset
 * @param payments how many payments, as far as they were counted
 * @param amount how much, base units
 */
public record MerchantDay(long day, String asset, long payments, BigInteger amount) {
}
