package io.github.x402sessions.devnet.transaction.soroban;

import java.util.Objects;

import io.github.x402sessions.devnet.contract.runtime.FootprintKeys;
import io.github.x402sessions.devnet.fee.Rent;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import io.github.x402sessions.devnet.transaction.OperationResult;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import org.stellar.sdk.xdr.OperationType;
import org.stellar.sdk.xdr.SorobanResources;
import org.stellar.sdk.xdr.SorobanTransactionData;

/**
 * The one operation of a transaction that restores archived entries: all that it declares
 * to write.
 */
public final class RestoreFootprint {

	private static final int MALFORMED = -1;

	private static final int RESOURCE_LIMIT_EXCEEDED = -2;

	private static final int INSUFFICIENT_REFUNDABLE_FEE = -3;

	private final TransactionFrame transaction;

	private final SorobanTransactionData data;

	private final LedgerDraft draft;

	public RestoreFootprint(TransactionFrame transaction, SorobanTransactionData data, LedgerDraft draft) {
		this.transaction = transaction;
		this.data = data;
		this.draft = draft;
	}

	public static int check(FootprintKeys footprint) {
		return (footprint.readOnly().isEmpty() && footprint.readWrite().stream().allMatch(EntryKey::persistent)) ? 0
				: MALFORMED;
	}

	public InvokeHostFunction.Outcome apply() {
		long nonRefundable = SorobanRules.nonRefundable(this.transaction, this.data);
		long restored = Objects.requireNonNull(this.transaction.footprint())
			.readWrite()
			.stream()
			.filter(this.draft::restore)
			.map(this.draft::find)
			.filter(Objects::nonNull)
			.mapToLong(StoredEntry::size)
			.sum();
		SorobanResources declared = this.data.getResources();
		if (restored > SorobanRules.number(declared.getReadBytes())
				|| restored > SorobanRules.number(declared.getWriteBytes())) {
			return outcome(RESOURCE_LIMIT_EXCEEDED, new InvokeHostFunction.Fees(nonRefundable, 0, 0));
		}
		long rent = Rent.of(this.draft.changes(), this.draft.ledger());
		return (rent > this.transaction.resourceFee() - nonRefundable)
				? outcome(INSUFFICIENT_REFUNDABLE_FEE, new InvokeHostFunction.Fees(nonRefundable, 0, 0))
				: outcome(0, new InvokeHostFunction.Fees(nonRefundable, rent, rent));
	}

	private static InvokeHostFunction.Outcome outcome(int code, InvokeHostFunction.Fees fees) {
		return new InvokeHostFunction.Outcome(result(code), null, fees);
	}

	private static OperationResult result(int code) {
		return OperationResult.of(OperationType.RESTORE_FOOTPRINT, code);
	}

}
