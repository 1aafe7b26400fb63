package io.github.x402sessions.facilitator.merchant;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A key of a merchant. The key itself is not kept. Times are the store's.
 *
 * @param id its name, which opens nothing
 * @param merchant the store's name for the merchant
 * @param label what the operator calls it
 * @param hash the SHA-256 of the key, 64 hex digits in lower case
 * @param created when it was made
 * @param expires when it ends by itself; absent where it does not
 * @param revoked when it was revoked; absent where it was not
 * @param lastUsed when it was used last, a minute or two late; absent where it never was
 */
public record MerchantKey(String id, String merchant, String label, String hash, Instant created,
		@Nullable Instant expires, @Nullable Instant revoked, @Nullable Instant lastUsed) {

	/** Tell whether whoever has it may use it. */
	boolean isUsable(Instant now) {
		return this.revoked == null && (this.expires == null || now.isBefore(this.expires));
	}

	/** Return {@code valid}, {@code expired} or {@code revoked}. */
	String state(Instant now) {
		return (this.revoked != null) ? "revoked" : isUsable(now) ? "valid" : "expired";
	}

	@Override
	public String toString() {
		return "MerchantKey[id=" + this.id + ", label=" + this.label + "]";
	}

}
