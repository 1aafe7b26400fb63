package io.github.x402sessions.devnet.ledger;

import org.junit.jupiter.api.Test;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The end of an entry's life.
 */
class StoredEntryTests {

	private static final String ACCOUNT = "GBBD47IF6LWK7P7MDEVSCWR7DPUWV3NY3DTQEVFL4NAT4AQH3ZLLFLA5";

	@Test
	void persistentEntryIsArchivedAfterItsLastLedger() {
		StoredEntry stored = data(ContractDataDurability.PERSISTENT);

		assertThat(stored.archivedAt(100)).isFalse();
		assertThat(stored.archivedAt(101)).isTrue();
		assertThat(stored.forgottenAt(101)).isFalse();
		assertThat(stored.restoredAt(150)).isEqualTo(new StoredEntry(stored.entry(), 150, 150 + 120_960 - 1));
	}

	@Test
	void temporaryAndClassicEntriesAreNeverArchived() {
		assertThat(data(ContractDataDurability.TEMPORARY).archivedAt(101)).isFalse();
		assertThat(data(ContractDataDurability.TEMPORARY).forgottenAt(101)).isTrue();
		assertThat(new StoredEntry(Account.opened(ACCOUNT, 1, 1), 1, StoredEntry.FOREVER).archivedAt(101)).isFalse();
	}

	private static StoredEntry data(ContractDataDurability durability) {
		return new StoredEntry(new ContractData(ACCOUNT, Scv.toVoid(), durability, Scv.toVoid()), 1, 100);
	}

}
