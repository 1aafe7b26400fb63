package io.github.x402sessions.facilitator.merchant;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Report on how a merchant stands. Amounts are base units.
 *
 * @param name the merchant's name
 * @param state {@code active} or {@code paused}
 * @param day the day of the store's time, UTC, such as {@code 2026-11-29}
 * @param assets how it stands, by the contracts of the assets
 * @param days what was settled, the latest day first
 */
public record MerchantReport(String name, String state, String day, Map<String, OfAsset> assets, List<OfDay> days) {

	/**
	 * Standing of a merchant with one asset.
	 *
	 * @param commitments how many payments are committed and in no ledger
	 * @param committed how much they come to
	 * @param holds how many payments are held
	 * @param held how much they come to
	 * @param exposure both together
	 * @param mostExposure the most that may be; absent without a limit
	 * @param leftExposure what is left of that
	 * @param today what was counted today; absent without a limit
	 * @param mostPerDay the most that may be counted
	 * @param leftToday what is left of that
	 */
	public record OfAsset(long commitments, String committed, long holds, String held, String exposure,
			@Nullable String mostExposure, @Nullable String leftExposure, @Nullable String today,
			@Nullable String mostPerDay, @Nullable String leftToday) {
	}

	/**
	 * Sums of settled payments of one day and asset.
	 *
	 * @param day the day, UTC
	 * @param asset the contract of the asset
	 * @param payments how many payments; absent where that was not counted yet
	 * @param amount how much
	 */
	public record OfDay(String day, String asset, @Nullable Long payments, String amount) {
	}

}
