package io.github.x402sessions.facilitator.merchant;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A merchant: a resource server that the operator has made at run time.
 *
 * @param id the store's name for it, which stays the same
 * @param name the operator's name for it, {@code [a-z0-9-]{1,64}}
 * @param terms what it is paid
 * @param paused whether nothing new is done for it
 * @param created when it was made, by the store's time
 * @param understood whether all that is written of it is in the terms; if not, it is
 * paused here, and nobody changes it
 */
public record Merchant(String id, String name, MerchantTerms terms, boolean paused, Instant created,
		boolean understood) {

	private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

	private static final String RESERVED = "other";

	/**
	 * Check the name of a new one.
	 * @throws InvalidMerchantException if it is not of its form
	 */
	static void requireName(String name) {
		if (!NAME.matcher(name).matches()) {
			throw InvalidMerchantException.invalid("'name' must be 1 to 64 of a to z, 0 to 9 and -");
		}
		if (RESERVED.equals(name)) {
			throw InvalidMerchantException
				.invalid("'name' must not be " + RESERVED + ", as which figures sum up the rest");
		}
	}

	/** Return it with other terms. */
	public Merchant with(MerchantTerms changed) {
		return new Merchant(this.id, this.name, changed, this.paused, this.created, this.understood);
	}

	Merchant with(boolean nowPaused) {
		return new Merchant(this.id, this.name, this.terms, nowPaused, this.created, this.understood);
	}

	/** Return how it stands in a few words, for the audit log. */
	String summary() {
		return state() + this.terms.summary();
	}

	/**
	 * Return how it stands and what that has changed in a few words, for the audit log.
	 */
	String summary(Merchant before) {
		return state() + this.terms.summary(before.terms);
	}

	private String state() {
		return this.paused ? "paused, " : "active, ";
	}

}
