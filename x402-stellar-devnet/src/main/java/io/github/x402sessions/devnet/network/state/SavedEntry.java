package io.github.x402sessions.devnet.network.state;

import java.util.Objects;

import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.EntryReader;
import io.github.x402sessions.devnet.ledger.EntryStore;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.jspecify.annotations.Nullable;

/**
 * An entry in a file, or its removal.
 *
 * @param key its key, base64 XDR
 * @param entry the entry, base64 XDR; {@code null} if it is gone
 * @param liveUntil the last ledger in which it lives
 */
record SavedEntry(String key, @Nullable String entry, long liveUntil) {

	static SavedEntry of(EntryKey key, EntryStore state) {
		StoredEntry stored = state.find(key);
		return (stored != null)
				? new SavedEntry(key.toBase64(), XdrCodec.base64(stored.toXdrBytes()), stored.liveUntil())
				: new SavedEntry(key.toBase64(), null, 0);
	}

	void applyTo(EntryStore state) {
		EntryKey named = EntryKey.parse(Objects.requireNonNull(this.key));
		state.store(named, (this.entry != null) ? EntryReader.read(this.entry, this.liveUntil) : null);
	}

}
