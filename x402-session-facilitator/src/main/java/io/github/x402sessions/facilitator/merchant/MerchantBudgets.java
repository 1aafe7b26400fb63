package io.github.x402sessions.facilitator.merchant;

import java.math.BigInteger;
import java.util.Optional;

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
	public boolean count(String settlement, Transfer transfer) {
		Merchant merchant = this.directory.latest().ofRecipient(transfer.to());
		BigInteger most = (merchant != null) ? merchant.terms().limits().perDay() : null;
		if (merchant == null || most == null) {
			return true;
		}
		if (transfer.amount().compareTo(most) > 0) {
			return false;
		}
		String user = user(merchant, transfer.asset());
		Optional<LimitUse> use = this.uses.add(limit(most), user, transfer.amount().longValueExact());
		use.ifPresent((counted) -> this.merchants.counted(settlement, user, counted.endsAt()));
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
		return BigInteger
			.valueOf(this.uses.read(limit(BigInteger.ONE), user(merchant, asset)).map(PeriodUse::used).orElse(0L));
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

}
