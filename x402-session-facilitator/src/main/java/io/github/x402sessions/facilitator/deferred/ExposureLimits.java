package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;

import io.github.x402sessions.facilitator.config.DeferredProperties;

/**
 * Limits of what is lent at a time, base units of each asset. A payer's credit with a
 * recipient is what it has paid to that one in 30 days, or the first credit: otherwise
 * one balance behind many accounts would take a limit with every ledger.
 *
 * @param perPayer the most that one payer may owe
 * @param perRecipient the most that one recipient may be owed, with what it has lost in a
 * day
 * @param total the most that may be owed
 * @param firstCredit what a payer may owe a recipient to begin with
 */
public record ExposureLimits(BigInteger perPayer, BigInteger perRecipient, BigInteger total, BigInteger firstCredit) {

	/** Read the limits that the operator has set. */
	public static ExposureLimits of(DeferredProperties properties) {
		return new ExposureLimits(properties.perPayerBaseUnits(), properties.perRecipientBaseUnits(),
				properties.totalBaseUnits(), properties.firstCreditBaseUnits());
	}

	/**
	 * Return what a payer may owe a recipient.
	 * @param lending what is lent between them
	 * @return how much, base units
	 */
	public BigInteger credit(Lending lending) {
		return this.perPayer.min(this.firstCredit.max(lending.earned()));
	}

	boolean allow(Lending lending, BigInteger more, BigInteger morePair, BigInteger morePayer,
			BigInteger moreRecipient) {
		return !lending.frozen() && isWithin(credit(lending), lending.toPair(), morePair)
				&& isWithin(this.perPayer, lending.toPayer(), morePayer)
				&& isWithin(this.perRecipient, lending.forRecipient().add(lending.lost()), moreRecipient)
				&& isWithin(this.total, lending.total(), more);
	}

	private static boolean isWithin(BigInteger limit, BigInteger lent, BigInteger more) {
		return lent.add(more).compareTo(limit) <= 0;
	}

}
