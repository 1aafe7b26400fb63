package io.github.x402sessions.devnet.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Entries as they are once all archived ones are restored.
 *
 * @param base the entries
 * @param ledger the ledger in which they are restored
 */
public record RestoringView(LedgerView base, long ledger) implements LedgerView {

	@Override
	public @Nullable StoredEntry find(EntryKey key) {
		StoredEntry found = this.base.find(key);
		return (found != null && found.archivedAt(this.ledger)) ? found.restoredAt(this.ledger) : found;
	}

}
