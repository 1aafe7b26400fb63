package io.github.x402sessions.facilitator.merchant;

import java.math.BigInteger;
import java.util.Optional;

import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.scheme.RecipientRules;

/**
 * Rules of merchants for new payments, whoever asks for them. Thread-safe.
 *
 * @param directory knows the merchants
 * @param budgets know what they may be paid today
 */
record MerchantRules(MerchantDirectory directory, MerchantBudgets budgets) implements RecipientRules {

	@Override
	public Optional<Refusal> check(String scheme, PaymentRequirements asked) {
		return Optional.ofNullable(this.directory.current().ofRecipient(asked.payTo()))
			.flatMap((merchant) -> check(merchant, scheme, asked));
	}

	private Optional<Refusal> check(Merchant merchant, String scheme, PaymentRequirements asked) {
		MerchantTerms terms = merchant.terms();
		if (merchant.paused()) {
			return refused(Reason.RATE_LIMITED, "the operator has paused the recipient: it is paid nothing for now");
		}
		if (!terms.recipients().contains(asked.payTo())) {
			return refused(Reason.RECIPIENT_MISMATCH, "the recipient is paid by its own address, not by a muxed one");
		}
		if (!terms.hasScheme(scheme)) {
			return refused(MerchantTerms.EXACT.equals(scheme) ? Reason.UNSUPPORTED_SCHEME : Reason.SCHEME_MISMATCH,
					"the recipient is not paid by this scheme here");
		}
		if (!terms.hasAsset(asked.asset())) {
			return refused(Reason.ASSET_MISMATCH, "the recipient is not paid in this asset here");
		}
		BigInteger amount = BaseUnits.read(asked.amount()).orElse(BigInteger.ZERO);
		BigInteger perCall = terms.limits().perCall();
		if (perCall != null && amount.compareTo(perCall) > 0) {
			return refused(Reason.PER_CALL_LIMIT_EXCEEDED, "a call may cost at most " + perCall + " base units");
		}
		return this.budgets.allows(merchant, asked.asset(), amount) ? Optional.empty()
				: refused(Reason.RATE_LIMITED, "the recipient may be paid no more today");
	}

	private static Optional<Refusal> refused(Reason reason, String message) {
		return Optional.of(new Refusal(reason, message));
	}

}
