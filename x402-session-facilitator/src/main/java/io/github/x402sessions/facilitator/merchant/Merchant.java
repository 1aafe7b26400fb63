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
 */
public record Merchant(String id, String name, MerchantTerms terms, boolean paused, Instant created) {

	private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

	/**
	 * Check the name.
	 * @throws InvalidMerchantException if it is not of its form
	 */
	public Merchant {
		if (!NAME.matcher(name).matches()) {
			throw InvalidMerchantException.invalid("'name' must be 1 to 64 of a to z, 0 to 9 and -");
		}
	}

	Merchant with(MerchantTerms changed) {
		return new Merchant(this.id, this.name, changed, this.paused, this.created);
	}

	Merchant with(boolean nowPaused) {
		return new Merchant(this.id, this.name, this.terms, nowPaused, this.created);
	}

	/** Return how it stands in a few words, for the audit log. */
	String summary() {
		return (this.paused ? "paused, " : "active, ") + this.terms.summary();
	}

}
