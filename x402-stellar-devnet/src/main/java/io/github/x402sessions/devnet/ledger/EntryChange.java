package io.github.x402sessions.devnet.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The change of one entry.
 *
 * @param key its key
 * @param before what it was; {@code null} if it was created
 * @param after what it became; {@code null} if it was removed
 */
public record EntryChange(EntryKey key, @Nullable StoredEntry before, @Nullable StoredEntry after) {

	/** Whether the entry was archived before. */
	public boolean restores() {
		return this.before != null && this.after != null && this.before.archivedAt(this.after.lastModified());
	}

	boolean effective() {
		return this.before != null || this.after != null;
	}

	/** Whether more changed than how long the entry lives. */
	public boolean touchesData() {
		return this.before == null || this.after == null || this.before.lastModified() != this.after.lastModified()
				|| !this.before.entry().equals(this.after.entry());
	}

}
