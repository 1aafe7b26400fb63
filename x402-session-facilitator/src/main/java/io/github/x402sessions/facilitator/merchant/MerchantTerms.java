package io.github.x402sessions.facilitator.merchant;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.price.StellarAddress;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a merchant: whom it has paid, in what, how and how much. Those of the
 * store are as another version has written them: a scheme that is not known here is what
 * nothing is paid by.
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

	private static final int ROOM_FOR_RECIPIENTS = 230;

	private static final int ROOM_FOR_ASSETS = 115;

	/** Copy the terms. */
	public MerchantTerms {
		recipients = new TreeSet<>(recipients);
		assets = new TreeSet<>(assets);
		schemes = new TreeSet<>(schemes);
	}

	/** Return terms of lists. */
	public static MerchantTerms of(Collection<String> recipients, Collection<String> assets, Collection<String> schemes,
			MerchantLimits limits) {
		return new MerchantTerms(new TreeSet<>(recipients), new TreeSet<>(assets), new TreeSet<>(schemes), limits);
	}

	/**
	 * Check recipients that an operator names.
	 * @return they
	 * @throws InvalidMerchantException if they are not of their form
	 */
	static Collection<String> requireRecipients(Collection<? extends @Nullable String> given) {
		return checked(given, (address) -> StellarAddress.isAccount(address) || StellarAddress.isContract(address),
				!given.isEmpty() && given.size() <= MOST_RECIPIENTS, "'recipients' must be 1 to " + MOST_RECIPIENTS
						+ " Stellar addresses: 56 characters that begin with G or C");
	}

	/**
	 * Check assets that an operator names.
	 * @param served the assets that are served
	 * @return they
	 * @throws InvalidMerchantException if one is not served
	 */
	static Collection<String> requireAssets(Collection<? extends @Nullable String> given, Collection<String> served) {
		return checked(given, served::contains, given.size() <= MOST_ASSETS,
				"'assets' must be at most " + MOST_ASSETS + " contract ids of facilitator.assets");
	}

	/**
	 * Check schemes that an operator names.
	 * @return they
	 * @throws InvalidMerchantException if one is not known here
	 */
	static Collection<String> requireSchemes(Collection<? extends @Nullable String> given) {
		return checked(given, SCHEMES::contains, !given.contains(DEFERRED) || given.contains(SESSION),
				"'schemes' must be of session, exact and deferred, and have session where they have deferred");
	}

	private static Collection<String> checked(Collection<? extends @Nullable String> given, Predicate<String> each,
			boolean together, String message) {
		List<String> checked = new ArrayList<>();
		for (@Nullable
		String one : given) {
			if (one == null || !each.test(one)) {
				throw InvalidMerchantException.invalid(message);
			}
			checked.add(one);
		}
		if (!together) {
			throw InvalidMerchantException.invalid(message);
		}
		return checked;
	}

	boolean hasAsset(String asset) {
		return this.assets.isEmpty() || this.assets.contains(asset);
	}

	boolean hasScheme(String scheme) {
		return this.schemes.isEmpty() || this.schemes.contains(scheme);
	}

	/** Return the terms in a few words, for the audit log. */
	String summary() {
		return this.recipients.size() + " recipient(s): " + listed(this.recipients, "", ROOM_FOR_RECIPIENTS) + rest();
	}

	/** Return the terms and whom they have more and less, for the audit log. */
	String summary(MerchantTerms before) {
		List<String> changes = new ArrayList<>();
		this.recipients.stream()
			.filter((one) -> !before.recipients.contains(one))
			.map("+"::concat)
			.forEach(changes::add);
		before.recipients.stream()
			.filter((one) -> !this.recipients.contains(one))
			.map("-"::concat)
			.forEach(changes::add);
		return (changes.isEmpty() ? "" : listed(changes, " changes: ", ROOM_FOR_RECIPIENTS) + ", ")
				+ this.recipients.size() + " recipient(s)" + rest();
	}

	private String rest() {
		return ", per call " + orNone(this.limits.perCall()) + ", per day " + orNone(this.limits.perDay())
				+ ", exposure " + orNone(this.limits.exposure()) + ", schemes " + orAll(this.schemes) + ", assets "
				+ (this.assets.isEmpty() ? "all" : listed(this.assets, " of them: ", ROOM_FOR_ASSETS));
	}

	/** What does not fit a row is known by its hash, of the texts with blanks between. */
	private static String listed(Collection<String> texts, String counted, int room) {
		String all = String.join(" ", texts);
		return (all.length() <= room) ? all
				: (counted.isEmpty() ? "" : texts.size() + counted) + "sha256 " + Sha256.hex(all);
	}

	private static String orNone(@Nullable Object limit) {
		return (limit != null) ? limit.toString() : "any";
	}

	private static String orAll(Collection<String> list) {
		return list.isEmpty() ? "all" : String.join(" ", list);
	}

}
