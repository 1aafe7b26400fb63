package io.github.x402sessions.facilitator.discovery;

import org.jspecify.annotations.Nullable;

/**
 * A choice among listings: those with terms that are all of this at once. What is absent
 * leaves none out.
 *
 * @param type {@code http} or {@code mcp}
 * @param payTo who is paid
 * @param scheme the payment scheme
 * @param network the network as a CAIP-2 id
 * @param asset the asset's contract id
 * @param maxAmount the most that it may cost, base units
 */
public record ListingFilter(@Nullable String type, @Nullable String payTo, @Nullable String scheme,
		@Nullable String network, @Nullable String asset, @Nullable Long maxAmount) {

	/** Leaves none out. */
	public static final ListingFilter ALL = new ListingFilter(null, null, null, null, null, null);

	/**
	 * Tell whether it depends on terms.
	 * @return whether it does
	 */
	public boolean hasTerms() {
		return this.payTo != null || this.scheme != null || this.network != null || this.asset != null
				|| this.maxAmount != null;
	}

}
