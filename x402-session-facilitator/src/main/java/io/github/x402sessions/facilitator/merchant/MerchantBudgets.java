package io.github.x402sessions.facilitator.merchant;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.x402sessions.facilitator.limit.LimitUse;
import io.github.x402sessions.facilitator.limit.LimitUses;
import io.github.x402sessions.facilitator.limit.PeriodLimit;
import io.github.x402sessions.facilitator.limit.PeriodUse;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimits;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.jspecify.annotations.Nullable;

/**
 * Budgets of merchants: so much in a day, of each asset, counted by all nodes together
 * with the settlements themselves, and so much that is not redeemed yet. Thread-safe.
 *
 * @param directory knows the merchants
 * @param uses where is counted
 * @param merchants keeps what settlements were counted with
 */
record MerchantBudgets(MerchantDirectory directory, LimitUses uses,
		MerchantRepository merchants) implements RecipientLimits {

	/** Triggers of the store's have the same name. */
	private static final String DAY = "merchant-day";

	@Override
	public @Nullable String counted(Transfer transfer) {
		Merchant merchant = this.directory.latest().ofRecipient(transfer.to());
		return (merchant != null && merchant.terms().limits().perDay() != null)
				? DAY + ' ' + user(merchant, transfer.asset()) : null;
	}

	@Override
	public Set<String> count(Map<String, Transfer> settlements) {
		Map<String, Day> days = new TreeMap<>();
		settlements.forEach((id, transfer) -> {
			Merchant merchant = this.directory.latest().ofRecipient(transfer.to());
			BigInteger most = (merchant != null) ? merchant.terms().limits().perDay() : null;
			if (merchant != null && most != null) {
				days.computeIfAbsent(user(merchant, transfer.asset()), (user) -> new Day(user, most))
					.amounts()
					.put(id, transfer.amount());
			}
		});
		return days.values().stream().map(this::count).flatMap(Set::stream).collect(Collectors.toSet());
	}

	/**
	 * Who cannot be counted has locked the count: those are then that fit in what is
	 * left.
	 */
	private Set<String> count(Day day) {
		if (count(day, day.amounts())) {
			return Set.of();
		}
		Map<String, BigInteger> fitting = day.fitting(day.most().subtract(used(day.user())));
		return (!fitting.isEmpty() && count(day, fitting)) ? day.without(fitting.keySet()) : day.amounts().keySet();
	}

	private boolean count(Day day, Map<String, BigInteger> amounts) {
		BigInteger sum = amounts.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
		if (sum.compareTo(day.most()) > 0) {
			return false;
		}
		Optional<LimitUse> use = this.uses.add(limit(day.most()), day.user(), sum.longValueExact());
		use.ifPresent((counted) -> this.merchants.counted(amounts.keySet(), day.user(), counted.endsAt()));
		return use.isPresent();
	}

	/** Nothing is asked where nobody has such a limit. */
	@Override
	public void lock(String transaction) {
		if (this.directory.latest().anyIsCounted()) {
			this.merchants.lockCounted(transaction);
		}
	}

	/** Tell whether a payment would be counted. */
	boolean allows(Merchant merchant, String asset, BigInteger amount) {
		BigInteger most = merchant.terms().limits().perDay();
		return most == null || used(merchant, asset).add(amount).compareTo(most) <= 0;
	}

	/** Return what a merchant was paid and promised today, where that is limited. */
	BigInteger used(Merchant merchant, String asset) {
		return used(user(merchant, asset));
	}

	private BigInteger used(String user) {
		return BigInteger.valueOf(this.uses.read(limit(BigInteger.ONE), user).map(PeriodUse::used).orElse(0L));
	}

	private static PeriodLimit limit(BigInteger most) {
		return PeriodLimit.perCalendarDay(DAY, most.longValueExact());
	}

	private static String user(Merchant merchant, String asset) {
		return merchant.id() + ' ' + asset;
	}

	@Override
	public Optional<OpenLimit> open(String recipient) {
		return Optional.ofNullable(this.directory.latest().ofRecipient(recipient))
			.flatMap((merchant) -> Optional.ofNullable(merchant.terms().limits().exposure())
				.map((most) -> new OpenLimit(merchant.id(), merchant.terms().recipients(), most)));
	}

	@Override
	public boolean mayDefer(String recipient) {
		Merchant merchant = this.directory.latest().ofRecipient(recipient);
		return merchant == null || merchant.terms().hasScheme(MerchantTerms.DEFERRED);
	}

	/**
	 * Amounts that one merchant would be paid in one asset.
	 *
	 * @param user who is counted
	 * @param most the most of a day, base units
	 * @param amounts the amounts, base units, by the names of settlements
	 */
	private record Day(String user, BigInteger most, Map<String, BigInteger> amounts) {

		Day(String user, BigInteger most) {
			this(user, most, new LinkedHashMap<>());
		}

		Map<String, BigInteger> fitting(BigInteger left) {
			Map<String, BigInteger> fitting = new LinkedHashMap<>();
			BigInteger rest = left;
			for (Map.Entry<String, BigInteger> one : this.amounts.entrySet()) {
				if (one.getValue().compareTo(rest) <= 0) {
					fitting.put(one.getKey(), one.getValue());
					rest = rest.subtract(one.getValue());
				}
			}
			return fitting;
		}

		Set<String> without(Set<String> counted) {
			return this.amounts.keySet()
				.stream()
				.filter((id) -> !counted.contains(id))
				.collect(Collectors.toUnmodifiableSet());
		}

	}

}
