package io.github.x402sessions.devnet.network.state;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.x402sessions.devnet.contract.Host;
import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.LedgerHistory;
import io.github.x402sessions.devnet.transaction.application.AppliedTransaction;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.jspecify.annotations.Nullable;

/**
 * A closed ledger in a file, with the entries that changed in it; or the latest one with
 * all entries.
 *
 * @param sequence its number
 * @param closeTime seconds since 1970
 * @param feePool stroops that all fees so far amount to
 * @param header its header, base64 XDR
 * @param oldest the oldest remembered ledger, if this has everything
 * @param entries the entries that changed, or all
 * @param transactions the transactions in it, or all that are remembered
 */
record SavedLedger(long sequence, long closeTime, long feePool, String header,
		LedgerHistory.Range.@Nullable Mark oldest, List<SavedEntry> entries, List<SavedTransaction> transactions) {

	static SavedLedger all(NetworkState state) {
		LedgerHistory.Range range = state.history().range();
		return of(state, range.oldest(), state.entries().keys(),
				state.archive().between(range.oldest().sequence(), range.latest().sequence() + 1));
	}

	static SavedLedger changes(NetworkState state, List<AppliedTransaction> applied) {
		return of(state, null, state.entries().takeTouched(), applied);
	}

	private static SavedLedger of(NetworkState state, LedgerHistory.Range.@Nullable Mark oldest, Set<EntryKey> keys,
			List<AppliedTransaction> applied) {
		ClosedLedger latest = state.history().latest();
		return new SavedLedger(latest.sequence(), latest.closeTime(), latest.feePool(),
				XdrCodec.base64(latest.header()), oldest,
				keys.stream().map((key) -> SavedEntry.of(key, state.entries())).toList(),
				applied.stream().map(SavedTransaction::of).toList());
	}

	LedgerHistory.Range.Mark oldestMark() {
		return Objects.requireNonNull(this.oldest, "oldest");
	}

	ClosedLedger closedLedger() {
		return new ClosedLedger(this.sequence, this.closeTime, this.feePool, XdrCodec.bytes(this.header));
	}

	void applyTo(NetworkState state, Host.Rules rules) {
		this.entries.forEach((entry) -> entry.applyTo(state.entries()));
		this.transactions.forEach((transaction) -> state.archive().add(transaction.toApplied(rules)));
	}

}
