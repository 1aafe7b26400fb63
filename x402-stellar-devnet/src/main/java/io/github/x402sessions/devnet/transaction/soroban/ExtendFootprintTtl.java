package io.github.x402sessions.devnet.transaction.soroban;

import java.util.Objects;

import io.github.x402sessions.devnet.contract.runtime.FootprintKeys;
import io.github.x402sessions.devnet.fee.Rent;
import io.github.x402sessions.devnet.ledger.ContractData;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import io.github.x402sessions.devnet.transaction.OperationResult;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import org.stellar.sdk.xdr.ExtendFootprintTTLOp;
import org.stellar.sdk.xdr.OperationType;
import org.stellar.sdk.xdr.SorobanTransactionData;

/**
 * The one operation of a transaction that extends the life of contract data: all entries
 * that it declares to read.
 */
public final class ExtendFootprintTtl {

	/** The most ledgers from now to which anything can be extended. */
	private static final long MAX_EXTENSION = 3_110_399;

	private static final int MALFORMED = -1;

	private static final int INSUFFICIENT_REFUNDABLE_FEE = -3;

	private final TransactionFrame transaction;

	private final SorobanTransactionData data;

	private final LedgerDraft draft;

	public ExtendFootprintTtl(TransactionFrame transaction, SorobanTransactionData data, LedgerDraft draft) {
		this.transaction = transaction;
		this.data = data;
		this.draft = draft;
	}

	public static int check(ExtendFootprintTTLOp operation, FootprintKeys footprint) {
		return (footprint.readWrite().isEmpty() && footprint.readOnly().stream().noneMatch(EntryKey::onDisk)
				&& extendTo(operation) <= MAX_EXTENSION) ? 0 : MALFORMED;
	}

	public InvokeHostFunction.Outcome apply() {
		long nonRefundable = SorobanRules.nonRefundable(this.transaction, this.data);
		extend(this.transaction.operations().get(0).getBody().getExtendFootprintTTLOp(),
				Objects.requireNonNull(this.transaction.footprint()), this.draft);
		long rent = Rent.of(this.draft.changes(), this.draft.ledger());
		if (rent > this.transaction.resourceFee() - nonRefundable) {
			return new InvokeHostFunction.Outcome(result(INSUFFICIENT_REFUNDABLE_FEE), null,
					new InvokeHostFunction.Fees(nonRefundable, 0, 0));
		}
		return new InvokeHostFunction.Outcome(result(0), null, new InvokeHostFunction.Fees(nonRefundable, rent, rent));
	}

	/** Extends what lives and ends earlier. */
	public static void extend(ExtendFootprintTTLOp operation, FootprintKeys footprint, LedgerDraft draft) {
		long liveUntil = draft.ledger() + extendTo(operation);
		for (EntryKey key : footprint.readOnly()) {
			StoredEntry stored = draft.find(key);
			if (stored != null && stored.entry() instanceof ContractData && stored.liveAt(draft.ledger())
					&& stored.liveUntil() < liveUntil) {
				draft.store(key, new StoredEntry(stored.entry(), stored.lastModified(), liveUntil));
			}
		}
	}

	private static long extendTo(ExtendFootprintTTLOp operation) {
		return SorobanRules.number(operation.getExtendTo());
	}

	private static OperationResult result(int code) {
		return OperationResult.of(OperationType.EXTEND_FOOTPRINT_TTL, code);
	}

}
