package io.github.x402sessions.facilitator.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;

import io.github.x402sessions.core.price.Asset;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of deferred settlement: who lends how much. Amounts are whole tokens, of each
 * asset for itself.
 *
 * @param enabled whether payments are committed and settled later where a server asks for
 * it; on PostgreSQL switched on when all nodes have this version
 * @param recipients the recipients who have agreed to wait; * for all that are listed in
 * recipients and with the keys
 * @param perPayer the most that one payer may owe at a time
 * @param perRecipient the most that one recipient may be owed at a time, with what it has
 * lost in a day
 * @param total the most that may be owed altogether
 * @param firstCredit what a payer may owe a recipient whom he has paid less in 30 days;
 * with 0 the first payments settle at once
 * @param maxAge how long a commitment waits for others at most
 * @param flushAmount the sum between the same parties that waits no longer, such as 40
 * times what a transaction costs; where absent, age and limits alone matter, because the
 * facilitator knows no price of lumens
 */
@ConfigurationProperties("facilitator.deferred")
public record DeferredProperties(@DefaultValue("false") boolean enabled, @DefaultValue List<String> recipients,
		@DefaultValue("1.00") String perPayer, @DefaultValue("10.00") String perRecipient,
		@DefaultValue("100.00") String total, @DefaultValue("0") String firstCredit,
		@DefaultValue("10m") Duration maxAge, @Nullable String flushAmount) {

	private static final String ALL = "*";

	private static final Duration LONGEST = Duration.ofHours(1);

	/** Every Stellar Asset Contract has 7 decimals. */
	private static final int DECIMALS = 7;

	/**
	 * Check the properties.
	 * @throws InvalidPropertyException if one is wrong
	 */
	public DeferredProperties {
		recipients = List.copyOf(recipients);
		recipients.stream()
			.filter((recipient) -> !ALL.equals(recipient))
			.forEach((recipient) -> PropertyCheck.recipient("deferred.recipients", recipient));
		if (enabled && recipients.isEmpty()) {
			throw new InvalidPropertyException("deferred.recipients",
					"is empty, and facilitator.deferred.enabled is true",
					"List the recipients who have agreed to be paid later, or * for all that are listed.");
		}
		BigInteger ofPayer = amount("deferred.per-payer", perPayer, false);
		BigInteger ofRecipient = amount("deferred.per-recipient", perRecipient, false);
		BigInteger ofAll = amount("deferred.total", total, false);
		if (ofPayer.compareTo(ofRecipient) > 0 || ofRecipient.compareTo(ofAll) > 0) {
			throw new InvalidPropertyException("deferred.total", "is less than another limit",
					"Set facilitator.deferred.per-payer to at most per-recipient, and that to at most total.");
		}
		if (amount("deferred.first-credit", firstCredit, true).compareTo(ofPayer) > 0) {
			throw new InvalidPropertyException("deferred.first-credit", "is more than a payer may owe",
					"Set it to at most facilitator.deferred.per-payer.");
		}
		if (flushAmount != null) {
			amount("deferred.flush-amount", flushAmount, false);
		}
		if (maxAge.compareTo(Duration.ofSeconds(1)) < 0 || maxAge.compareTo(LONGEST) > 0) {
			throw new InvalidPropertyException("deferred.max-age", "is out of range",
					"Set it to at least 1s and at most 1h.");
		}
	}

	private static BigInteger amount(String name, String tokens, boolean zero) {
		try {
			BigInteger amount = baseUnits(tokens);
			if (amount.bitLength() < Long.SIZE && amount.signum() >= (zero ? 0 : 1)) {
				return amount;
			}
		}
		catch (IllegalArgumentException ex) {
			// Falls through to the same message.
		}
		throw new InvalidPropertyException(name, "'" + tokens + "' is not an amount",
				"Set it to a decimal with at most " + DECIMALS + " decimals, such as 1.00.");
	}

	private static BigInteger baseUnits(String tokens) {
		return new Asset("token", DECIMALS).toBaseUnits(tokens);
	}

	/**
	 * Return the sum between the same parties that waits no longer, base units; absent
	 * where none is set.
	 */
	public @Nullable BigInteger flushBaseUnits() {
		return (this.flushAmount != null) ? baseUnits(this.flushAmount) : null;
	}

	/** Tell whether all recipients that are listed anywhere have agreed. */
	public boolean forAllListed() {
		return this.recipients.contains(ALL);
	}

	/** Return the most that one payer may owe at a time, base units. */
	public BigInteger perPayerBaseUnits() {
		return baseUnits(this.perPayer);
	}

	/** Return the most that one recipient may be owed at a time, base units. */
	public BigInteger perRecipientBaseUnits() {
		return baseUnits(this.perRecipient);
	}

	/** Return the most that may be owed altogether, base units. */
	public BigInteger totalBaseUnits() {
		return baseUnits(this.total);
	}

	/** Return what a payer may owe a recipient to begin with, base units. */
	public BigInteger firstCreditBaseUnits() {
		return baseUnits(this.firstCredit);
	}

}
