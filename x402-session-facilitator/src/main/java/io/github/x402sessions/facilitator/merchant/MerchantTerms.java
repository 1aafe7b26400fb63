package io.github.x402sessions.facilitator.merchant;

import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

import io.github.x402sessions.core.price.StellarAddress;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a merchant: whom it has paid, in what, how and how much.
 *
 * @param recipients the addresses that are paid, which nobody else has
 * @param assets the contracts of the assets that it is paid in; empty for all that are
 * served
 * @param schemes what it is paid by: {@code session}, {@code exact}, and {@code deferred}
 * for sessions whose payments may be committed; empty for all that is served
 * @param limits how much
 */
public record MerchantTerms(NavigableSet<String> recipients, NavigableSet<String> assets, NavigableSet<String> schemes,
		MerchantLimits limits) {

	/** The scheme of sessions. */
	static final String SESSION = "session";

	/** The scheme of single payments. */
	static final String EXACT = "exact";

	/** Not a scheme on the wire: what sessions pay may be committed. */
	static final String DEFERRED = "deferred";

	private static final Set<String> SCHEMES = Set.of(SESSION, EXACT, DEFERRED);

	private static final int MOST_RECIPIENTS = 100;

	private static final int MOST_ASSETS = 20;

	/**
	 * Check and copy the terms.
	 * @throws InvalidMerchantException if they are not of their form
	 */
	public MerchantTerms {
		recipients = new TreeSet<>(recipients);
		assets = new TreeSet<>(assets);
		schemes = new TreeSet<>(schemes);
		require(!recipients.isEmpty() && recipients.size() <= MOST_RECIPIENTS,
				"'recipients' must be 1 to " + MOST_RECIPIENTS + " addresses");
		require(recipients.stream()
			.allMatch((address) -> StellarAddress.isAccount(address) || StellarAddress.isContract(address)),
				"'recipients' must be Stellar addresses: 56 characters that begin with G or C");
		require(assets.size() <= MOST_ASSETS && assets.stream().allMatch(StellarAddress::isContract),
				"'assets' must be at most " + MOST_ASSETS + " contract ids: 56 characters that begin with C");
		require(SCHEMES.containsAll(schemes), "'schemes' must be of session, exact and deferred");
		require(!schemes.contains(DEFERRED) || schemes.contains(SESSION),
				"'schemes' must have session where it has deferred");
	}

	static MerchantTerms of(Collection<String> recipients, Collection<String> assets, Collection<String> schemes,
			MerchantLimits limits) {
		return new MerchantTerms(new TreeSet<>(recipients), new TreeSet<>(assets), new TreeSet<>(schemes), limits);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw InvalidMerchantException.invalid(message);
		}
	}

	boolean hasAsset(String asset) {
		return this.assets.isEmpty() || this.assets.contains(asset);
	}

	boolean hasScheme(String scheme) {
		return this.schemes.isEmpty() || this.schemes.contains(scheme);
	}

	/** Return the terms in a few words, for the audit log. */
	String summary() {
		return "per call " + orNone(this.limits.perCall()) + ", per day " + orNone(this.limits.perDay()) + ", exposure "
				+ orNone(this.limits.exposure()) + ", schemes " + orAll(this.schemes) + ", assets " + orAll(this.assets)
				+ ", " + this.recipients.size() + " recipient(s): " + String.join(" ", this.recipients);
	}

	private static String orNone(@Nullable Object limit) {
		return (limit != null) ? limit.toString() : "any";
	}

	private static String orAll(Collection<String> list) {
		return list.isEmpty() ? "all" : String.join(" ", List.copyOf(list));
	}

}
