package io.github.x402sessions.facilitator.admin;

import io.github.x402sessions.stellar.transfer.Parties;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.function.ServerRequest;

/**
 * Selection of those between whom commitments are.
 *
 * @param payer the only payer that is meant; any where absent
 * @param recipient the only recipient; any where absent
 * @param asset the contract of the only asset; any where absent
 */
record PartiesFilter(@Nullable String payer, @Nullable String recipient, @Nullable String asset) {

	static PartiesFilter of(ServerRequest request) {
		return new PartiesFilter(request.param("payer").orElse(null), request.param("recipient").orElse(null),
				request.param("asset").orElse(null));
	}

	/** Tell whether all are meant. */
	boolean isOpen() {
		return this.payer == null && this.recipient == null && this.asset == null;
	}

	/** Return the only ones that are meant; {@code null} if there may be others. */
	@Nullable Parties only() {
		return (this.asset != null && this.payer != null && this.recipient != null)
				? new Parties(this.asset, this.payer, this.recipient) : null;
	}

	boolean means(Parties parties) {
		return (this.payer == null || this.payer.equals(parties.from()))
				&& (this.recipient == null || this.recipient.equals(parties.to()))
				&& (this.asset == null || this.asset.equals(parties.asset()));
	}

	@Override
	public String toString() {
		return "commitments of " + or(this.payer) + " to " + or(this.recipient) + " in " + or(this.asset);
	}

	private static String or(@Nullable String one) {
		return (one != null) ? one : "any";
	}

}
