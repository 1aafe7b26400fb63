package io.github.x402sessions.facilitator.merchant;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A merchant as operators are shown it. No key and no hash of one is in it.
 *
 * @param name its name
 * @param state {@code active} or {@code paused}
 * @param recipients the addresses that are paid
 * @param assets the assets that it is paid in; empty for all that are served
 * @param schemes what it is paid by; empty for all that is served
 * @param perCall the most that one payment may be, base units; absent without a limit
 * @param perDay the most that may be paid in a day, base units
 * @param exposure the most that may be owed, base units
 * @param created when it was made
 * @param keys its keys, the oldest first; absent where only merchants are listed
 */
public record MerchantDescription(String name, String state, Collection<String> recipients, Collection<String> assets,
		Collection<String> schemes, @Nullable String perCall, @Nullable String perDay, @Nullable String exposure,
		Instant created, @Nullable List<OfKey> keys) {

	/**
	 * Describe a merchant.
	 * @param merchant the merchant
	 * @param keys its keys; absent where they are not shown
	 * @param now the store's time
	 * @return the description
	 */
	public static MerchantDescription of(Merchant merchant, @Nullable List<MerchantKey> keys, Instant now) {
		MerchantTerms terms = merchant.terms();
		return new MerchantDescription(merchant.name(), merchant.paused() ? "paused" : "active", terms.recipients(),
				terms.assets(), terms.schemes(), text(terms.limits().perCall()), text(terms.limits().perDay()),
				text(terms.limits().exposure()), merchant.created(),
				(keys != null) ? keys.stream().map((key) -> of(key, null, now)).toList() : null);
	}

	/**
	 * Describe a key.
	 * @param key the key
	 * @param secret the key itself, where it was just made
	 * @param now the store's time
	 * @return the description
	 */
	public static OfKey of(MerchantKey key, @Nullable String secret, Instant now) {
		return new OfKey(key.id(), key.label(),
				(key.revoked() != null) ? "revoked" : key.isUsable(now) ? "valid" : "expired", key.created(),
				key.expires(), key.lastUsed(), key.revoked(), secret);
	}

	private static @Nullable String text(@Nullable Object amount) {
		return (amount != null) ? amount.toString() : null;
	}

	/**
	 * A key as operators are shown it.
	 *
	 * @param id its name, which opens nothing
	 * @param label what it is called
	 * @param state one word for whether it is valid
	 * @param created when it was made
	 * @param expires when it ends by itself
	 * @param lastUsed when it was used last, a minute or two late
	 * @param revoked when it was revoked
	 * @param key the key itself, which is shown once
	 */
	public record OfKey(String id, String label, String state, Instant created, @Nullable Instant expires,
			@Nullable Instant lastUsed, @Nullable Instant revoked, @Nullable String key) {

		@Override
		public String toString() {
			return "OfKey[id=" + this.id + ", state=" + this.state + "]";
		}

	}

}
