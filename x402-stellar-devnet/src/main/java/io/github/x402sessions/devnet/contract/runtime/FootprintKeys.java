package io.github.x402sessions.devnet.contract.runtime;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.x402sessions.devnet.ledger.EntryKey;
import org.stellar.sdk.xdr.LedgerFootprint;
import org.stellar.sdk.xdr.LedgerKey;

/**
 * The entries that a contract call may read, and those it may also write.
 *
 * @param readOnly keys only read, in order
 * @param readWrite keys written, in order
 */
public record FootprintKeys(SortedSet<EntryKey> readOnly, SortedSet<EntryKey> readWrite) {

	public static FootprintKeys empty() {
		return new FootprintKeys(new TreeSet<>(), new TreeSet<>());
	}

	public static FootprintKeys of(LedgerFootprint declared) {
		return new FootprintKeys(keys(declared.getReadOnly()), keys(declared.getReadWrite()));
	}

	private static SortedSet<EntryKey> keys(LedgerKey[] keys) {
		return new TreeSet<>(Arrays.stream(keys).map(EntryKey::of).toList());
	}

	public Stream<EntryKey> all() {
		return Stream.concat(this.readOnly.stream(), this.readWrite.stream());
	}

	public LedgerFootprint toXdr() {
		return new LedgerFootprint.Builder()
			.readOnly(this.readOnly.stream().map(EntryKey::toXdr).toArray(LedgerKey[]::new))
			.readWrite(this.readWrite.stream().map(EntryKey::toXdr).toArray(LedgerKey[]::new))
			.build();
	}

}
