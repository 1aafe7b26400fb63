package io.github.x402sessions.devnet.contract.runtime;

import java.util.HashSet;
import java.util.Set;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.ContractData;
import io.github.x402sessions.devnet.ledger.Entry;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;

/**
 * The ledger as a contract sees it: every access is checked against the footprint and
 * metered, and an expired temporary entry is missing.
 */
public final class ContractStorage {

	/** The longest life of an entry, in ledgers: 180 days of 5 s. */
	public static final long MAX_LIFE = 3_110_400;

	private static final long MIN_TEMPORARY_LIFE = 720;

	private static final long MIN_PERSISTENT_LIFE = 120_960;

	private final LedgerDraft draft;

	private final FootprintPolicy policy;

	private final InstructionMeter meter = new InstructionMeter();

	private final Set<EntryKey> loaded = new HashSet<>();

	public ContractStorage(LedgerDraft draft, FootprintPolicy policy) {
		this.draft = draft;
		this.policy = policy;
	}

	public InstructionMeter meter() {
		return this.meter;
	}

	public long ledger() {
		return this.draft.ledger();
	}

	/** The last ledger to which an entry can be made to live now. */
	public long maxLiveUntil() {
		return ledger() + MAX_LIFE - 1;
	}

	public @Nullable Entry read(EntryKey key) {
		this.policy.onRead(key);
		StoredEntry found = this.draft.find(key);
		Entry entry = (found != null && !found.forgottenAt(ledger())) ? found.entry() : null;
		if (this.loaded.add(key)) {
			this.meter.charge(InstructionCost.loading(key, entry));
		}
		this.meter.charge(InstructionCost.ACCESS);
		return entry;
	}

	public @Nullable SCVal readData(EntryKey key) {
		return (read(key) instanceof ContractData data) ? data.value() : null;
	}

	/**
	 * An account that has to be there.
	 * @throws HostException if it is not
	 */
	public Account account(String address) {
		if (read(EntryKey.account(address)) instanceof Account account) {
			return account;
		}
		throw HostException.missing("trying to get non-existing value for account", Scv.toAddress(address));
	}

	/** Writes a classic entry. */
	public void write(Entry entry) {
		this.policy.onWrite(entry.key());
		this.meter.charge(InstructionCost.WRITE_CLASSIC);
		this.draft.put(entry);
	}

	/**
	 * Writes contract data: a new entry gets the least life, an old one keeps its own.
	 */
	public void write(ContractData data) {
		EntryKey key = data.key();
		this.policy.onWrite(key);
		this.meter.charge(InstructionCost.WRITE_DATA);
		StoredEntry old = this.draft.find(key);
		long liveUntil = (old != null && old.liveAt(ledger())) ? old.liveUntil()
				: ledger() - 1 + (data.temporary() ? MIN_TEMPORARY_LIFE : MIN_PERSISTENT_LIFE);
		this.draft.put(data, liveUntil);
	}

	/**
	 * Lets an entry live longer when the rest of its life is short.
	 * @param threshold ledgers left at which it is extended
	 * @param extendTo ledgers it then lives from now
	 */
	public void extend(EntryKey key, long threshold, long extendTo) {
		this.policy.onRead(key);
		StoredEntry stored = this.draft.find(key);
		long liveUntil = Math.min(ledger() + extendTo, maxLiveUntil());
		if (stored != null && stored.liveUntil() - ledger() <= threshold && liveUntil > stored.liveUntil()) {
			this.meter.charge(InstructionCost.EXTEND);
			this.draft.store(key, new StoredEntry(stored.entry(), stored.lastModified(), liveUntil));
		}
	}

}
