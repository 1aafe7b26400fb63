package io.github.x402sessions.facilitator.merchant;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * Reports on merchants, from the books and from what is counted. Thread-safe.
 */
public final class MerchantReports {

	/** The most days that are told of, which is how long the books keep them by day. */
	public static final int MOST_DAYS = 30;

	private final MerchantBooks books;

	private final MerchantBudgets budgets;

	private final List<String> assets;

	private final Clock clock;

	/**
	 * Create them.
	 * @param books what merchants were paid and are owed
	 * @param budgets what is counted
	 * @param assets the assets that are served
	 * @param clock the store's time
	 */
	MerchantReports(MerchantBooks books, MerchantBudgets budgets, List<String> assets, Clock clock) {
		this.books = books;
		this.budgets = budgets;
		this.assets = List.copyOf(assets);
		this.clock = clock;
	}

	/**
	 * Report on a merchant.
	 * @param merchant the merchant
	 * @param days how many days, today among them, 1 to {@link #MOST_DAYS}
	 * @return the report
	 * @throws DataAccessException if the store fails
	 */
	public MerchantReport of(Merchant merchant, int days) {
		Set<String> recipients = merchant.terms().recipients();
		long today = Duration.ofMillis(this.clock.millis()).toDays();
		Map<String, OpenAmount> open = this.books.open(recipients)
			.stream()
			.collect(Collectors.toMap(OpenAmount::asset, (amount) -> amount));
		Set<String> all = new TreeSet<>(this.assets);
		all.removeIf((asset) -> !merchant.terms().hasAsset(asset));
		all.addAll(open.keySet());
		Map<String, MerchantReport.OfAsset> byAsset = new TreeMap<>();
		all.forEach((asset) -> byAsset.put(asset, of(merchant, asset, open.get(asset))));
		return new MerchantReport(merchant.name(), merchant.paused() ? "paused" : "active", day(today), byAsset,
				this.books.days(recipients, today - Math.max(1, Math.min(days, MOST_DAYS)) + 1)
					.stream()
					.map((one) -> new MerchantReport.OfDay(day(one.day()), one.asset(),
							(one.payments() > 0) ? (Long) one.payments() : null, one.amount().toString()))
					.toList());
	}

	private MerchantReport.OfAsset of(Merchant merchant, String asset, @Nullable OpenAmount known) {
		OpenAmount open = (known != null) ? known : new OpenAmount(asset, 0, BigInteger.ZERO, 0, BigInteger.ZERO);
		MerchantLimits limits = merchant.terms().limits();
		BigInteger used = (limits.perDay() != null) ? this.budgets.used(merchant, asset) : null;
		return new MerchantReport.OfAsset(open.commitments(), open.committed().toString(), open.holds(),
				open.held().toString(), open.exposure().toString(), text(limits.exposure()),
				text(left(limits.exposure(), open.exposure())), text(used), text(limits.perDay()),
				text(left(limits.perDay(), used)));
	}

	private static @Nullable BigInteger left(@Nullable BigInteger most, @Nullable BigInteger used) {
		return (most != null && used != null) ? most.subtract(used).max(BigInteger.ZERO) : null;
	}

	private static @Nullable String text(@Nullable BigInteger amount) {
		return (amount != null) ? amount.toString() : null;
	}

	private static String day(long sinceEpoch) {
		return LocalDate.ofEpochDay(sinceEpoch).toString();
	}

}
