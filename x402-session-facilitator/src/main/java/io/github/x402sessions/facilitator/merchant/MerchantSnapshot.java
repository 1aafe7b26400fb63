package io.github.x402sessions.facilitator.merchant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * All merchants as they were at a moment.
 *
 * @param version how often any of them was changed until then
 * @param byRecipient the merchants by their recipients
 * @param byId the merchants by the store's names
 * @param byHash the keys that were not revoked, by their hashes
 * @param leftOut the merchants of which nothing else is here, because the configuration
 * says otherwise, by their names with what it says
 */
record MerchantSnapshot(long version, Map<String, Merchant> byRecipient, Map<String, Merchant> byId,
		Map<String, MerchantKey> byHash, Map<String, String> leftOut) {

	static final MerchantSnapshot EMPTY = new MerchantSnapshot(0, Map.of(), Map.of(), Map.of(), Map.of());

	private static final int MUXED = 69;

	/** What tells one account from another, in its own address and in a muxed one. */
	private static final int ACCOUNT = 52;

	static MerchantSnapshot of(long version, List<Merchant> merchants, List<MerchantKey> keys,
			ConfiguredServers configured) {
		Map<String, Merchant> byRecipient = new HashMap<>();
		Map<String, Merchant> byId = new HashMap<>();
		Map<String, MerchantKey> byHash = new HashMap<>();
		Map<String, String> leftOut = new HashMap<>();
		merchants.forEach((merchant) -> {
			Optional<String> conflict = configured.conflict(merchant.name(), merchant.terms().recipients());
			if (conflict.isPresent()) {
				leftOut.put(merchant.name(), conflict.get());
				return;
			}
			byId.put(merchant.id(), merchant);
			merchant.terms().recipients().forEach((recipient) -> byRecipient.put(account(recipient), merchant));
		});
		keys.forEach((key) -> byHash.put(key.hash(), key));
		return new MerchantSnapshot(version, byRecipient, byId, byHash, leftOut);
	}

	/** Tell whether there is no merchant at all. */
	boolean isEmpty() {
		return this.byId.isEmpty() && this.leftOut.isEmpty();
	}

	@Nullable Merchant ofRecipient(String recipient) {
		return this.byRecipient.isEmpty() ? null : this.byRecipient.get(account(recipient));
	}

	/** Tell whether any merchant has a limit of the day. */
	boolean anyIsCounted() {
		return this.byId.values().stream().anyMatch((merchant) -> merchant.terms().limits().perDay() != null);
	}

	/**
	 * A muxed address pays the account that it has in it: after the letter the two agree,
	 * up to the account's end.
	 */
	static String account(String recipient) {
		boolean muxed = recipient.length() == MUXED && recipient.charAt(0) == 'M';
		return muxed ? "G" + recipient.substring(1, ACCOUNT)
				: recipient.startsWith("G") ? recipient.substring(0, Math.min(ACCOUNT, recipient.length())) : recipient;
	}

}
