package io.github.x402sessions.devnet.ledger;

import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrUnsignedInteger;

/**
 * An entry as the ledger holds it.
 *
 * @param entry the entry
 * @param lastModified the ledger that last wrote it
 * @param liveUntil the last ledger in which contract data lives; {@link #FOREVER} for
 * classic entries
 */
public record StoredEntry(Entry entry, long lastModified, long liveUntil) {

	/** The life of entries that do not expire. */
	public static final long FOREVER = Long.MAX_VALUE;

	private static final long RESTORED_LIFE = 120_960;

	public boolean liveAt(long ledger) {
		return ledger <= this.liveUntil;
	}

	/** Whether its life is over and with it the entry itself. */
	public boolean forgottenAt(long ledger) {
		return !liveAt(ledger) && this.entry instanceof ContractData data && data.temporary();
	}

	/** Whether its life is over, but not for ever: it can be restored. */
	public boolean archivedAt(long ledger) {
		return !liveAt(ledger) && this.entry instanceof ContractData data && !data.temporary();
	}

	/** The same entry with the life that a restored one gets. */
	public StoredEntry restoredAt(long ledger) {
		return new StoredEntry(this.entry, ledger, ledger + RESTORED_LIFE - 1);
	}

	public byte[] toXdrBytes() {
		return XdrCodec.bytes(
				new LedgerEntry.Builder().lastModifiedLedgerSeq(new Uint32(new XdrUnsignedInteger(this.lastModified)))
					.data(this.entry.toXdr())
					.ext(new LedgerEntry.LedgerEntryExt.Builder().discriminant(0).build())
					.build()::toXdrByteArray);
	}

	/** Bytes that resource fees count for this entry. */
	public int size() {
		return toXdrBytes().length;
	}

}
