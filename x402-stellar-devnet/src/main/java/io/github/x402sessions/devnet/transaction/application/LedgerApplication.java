package io.github.x402sessions.devnet.transaction.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.x402sessions.devnet.contract.runtime.FeeEvents;
import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.EntryChange;
import io.github.x402sessions.devnet.ledger.EntryStore;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.transaction.OperationResult;
import io.github.x402sessions.devnet.transaction.Rejection;
import io.github.x402sessions.devnet.transaction.TransactionCode;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import io.github.x402sessions.devnet.transaction.TransactionResult;
import io.github.x402sessions.devnet.transaction.operation.Operations;
import io.github.x402sessions.devnet.transaction.soroban.ExtendFootprintTtl;
import io.github.x402sessions.devnet.transaction.soroban.InvokeHostFunction;
import io.github.x402sessions.devnet.transaction.soroban.RestoreFootprint;
import io.github.x402sessions.devnet.transaction.soroban.SorobanRules;
import io.github.x402sessions.devnet.transaction.validity.ValidityCheck;
import io.github.x402sessions.devnet.transaction.validity.ValidityWindow;
import org.stellar.sdk.xdr.Operation;
import org.stellar.sdk.xdr.OperationType;
import org.stellar.sdk.xdr.SorobanTransactionData;

/**
 * Applies the transactions of one ledger: all fees first, then each transaction, then the
 * refunds of unused fees.
 */
public final class LedgerApplication {

	private final EntryStore state;

	private final long ledger;

	private final long closeTime;

	private final long fee;

	private final FeeEvents feeEvents;

	private final int protocol;

	/**
	 * Prepares the application.
	 * @param state takes the changes
	 * @param ledger the number of the ledger being closed
	 * @param closeTime its close time in seconds since 1970
	 * @param fee stroops for the place of each operation
	 * @param feeEvents words for the fees
	 * @param protocol the protocol version
	 */
	public LedgerApplication(EntryStore state, long ledger, long closeTime, long fee, FeeEvents feeEvents,
			int protocol) {
		this.state = state;
		this.ledger = ledger;
		this.closeTime = closeTime;
		this.fee = fee;
		this.feeEvents = feeEvents;
		this.protocol = protocol;
	}

	public List<AppliedTransaction> apply(List<TransactionFrame> transactions) {
		for (TransactionFrame transaction : transactions) {
			credit(transaction.feeSource(), -charge(transaction));
		}
		List<AppliedTransaction> applied = new ArrayList<>();
		for (TransactionFrame transaction : transactions) {
			applied.add(apply(transaction, applied.size() + 1));
		}
		for (AppliedTransaction done : applied) {
			credit(done.transaction().feeSource(), charge(done.transaction()) - done.result().feeCharged());
		}
		return applied;
	}

	private AppliedTransaction apply(TransactionFrame transaction, int order) {
		SorobanTransactionData data = transaction.sorobanData();
		Rejection late = new ValidityCheck(this.state, new ValidityWindow(this.ledger, this.closeTime, this.closeTime))
			.checkAgain(transaction);
		if (late != null) {
			return invalid(transaction, order, late);
		}
		List<EntryChange> before = useSequence(transaction);
		if (data == null) {
			return applyClassic(transaction, order, before);
		}
		LedgerDraft draft = new LedgerDraft(this.state, this.ledger);
		InvokeHostFunction.Outcome outcome = soroban(transaction.inner(), data, draft);
		List<List<EntryChange>> changes = new ArrayList<>();
		if (outcome.result().successful()) {
			changes.add(draft.changes());
			draft.commitTo(this.state);
		}
		long charged = charge(transaction) - transaction.resourceFee() + outcome.fees().total();
		return applied(transaction, order, result(transaction, charged, List.of(outcome.result())),
				new TransactionMeta(before, changes, outcome, feeEvents(transaction, charged)));
	}

	/**
	 * A transaction that others of its ledger have spoilt. It has paid, and if only its
	 * signatures do not suffice any more, its sequence number is used.
	 */
	private AppliedTransaction invalid(TransactionFrame transaction, int order, Rejection why) {
		boolean counts = why.result().code() != TransactionCode.NO_ACCOUNT
				&& why.result().code() != TransactionCode.BAD_SEQ;
		TransactionResult result = why.result().charging(charge(transaction));
		return applied(transaction, order,
				(transaction.feeBump() != null) ? result.inside(transaction.inner().hash()) : result,
				new TransactionMeta(counts ? useSequence(transaction) : List.of(), List.of(), null,
						feeEvents(transaction, result.feeCharged())));
	}

	private InvokeHostFunction.Outcome soroban(TransactionFrame transaction, SorobanTransactionData data,
			LedgerDraft draft) {
		Operation operation = transaction.operations().get(0);
		if (this.state.account(transaction.sourceOf(operation)) == null) {
			return new InvokeHostFunction.Outcome(OperationResult.NO_ACCOUNT, null,
					new InvokeHostFunction.Fees(SorobanRules.nonRefundable(transaction, data), 0, 0));
		}
		OperationType type = operation.getBody().getDiscriminant();
		return switch (type) {
			case EXTEND_FOOTPRINT_TTL -> new ExtendFootprintTtl(transaction, data, draft).apply();
			case RESTORE_FOOTPRINT -> new RestoreFootprint(transaction, data, draft).apply();
			default -> new InvokeHostFunction(transaction, data, draft, this.protocol).apply();
		};
	}

	private AppliedTransaction applyClassic(TransactionFrame transaction, int order, List<EntryChange> before) {
		LedgerDraft all = new LedgerDraft(this.state, this.ledger);
		List<List<EntryChange>> changes = new ArrayList<>();
		List<OperationResult> results = new ArrayList<>();
		for (Operation operation : transaction.operations()) {
			LedgerDraft draft = new LedgerDraft(all, this.ledger);
			OperationResult result = Operations.apply(operation, transaction.sourceOf(operation), draft,
					this.closeTime);
			results.add(result);
			changes.add(draft.changes());
			if (result.successful()) {
				draft.commitTo(all);
			}
		}
		TransactionResult result = result(transaction, charge(transaction), results);
		if (result.successful()) {
			all.commitTo(this.state);
		}
		return applied(transaction, order, result, new TransactionMeta(before,
				result.successful() ? changes : List.of(), null, feeEvents(transaction, result.feeCharged())));
	}

	private AppliedTransaction applied(TransactionFrame transaction, int order, TransactionResult result,
			TransactionMeta meta) {
		List<List<byte[]>> events = meta.operations().stream().map((changes) -> meta.contractEvents()).toList();
		return new AppliedTransaction(transaction, AppliedResult.of(result), meta.toBytes(), meta.diagnostics(),
				meta.events(), events, this.ledger, this.closeTime, order);
	}

	private List<byte[]> feeEvents(TransactionFrame transaction, long charged) {
		List<byte[]> events = new ArrayList<>();
		events.add(this.feeEvents.charged(transaction.feeSource(), charge(transaction)));
		if (charged < charge(transaction)) {
			events.add(this.feeEvents.refunded(transaction.feeSource(), charge(transaction) - charged));
		}
		return events;
	}

	private List<EntryChange> useSequence(TransactionFrame transaction) {
		LedgerDraft draft = new LedgerDraft(this.state, this.ledger);
		draft.put(account(transaction.source()).used(transaction.sequence(), this.ledger, this.closeTime));
		List<EntryChange> changes = draft.changes();
		draft.commitTo(this.state);
		return changes;
	}

	/** Credits an account, unless it was closed in the meantime. */
	private void credit(String account, long stroops) {
		if (stroops != 0 && this.state.account(account) != null) {
			LedgerDraft draft = new LedgerDraft(this.state, this.ledger);
			draft.put(account(account).withBalance(account(account).balance() + stroops));
			draft.commitTo(this.state);
		}
	}

	private Account account(String id) {
		return Objects.requireNonNull(this.state.account(id), "the account was checked");
	}

	/**
	 * The fee that is taken at first: the fee that cleared the ledger, not the bid, and
	 * all resources.
	 */
	private long charge(TransactionFrame transaction) {
		return transaction.cost(this.fee);
	}

	private static TransactionResult result(TransactionFrame transaction, long charged, List<OperationResult> results) {
		boolean successful = results.stream().allMatch(OperationResult::successful);
		TransactionResult result = new TransactionResult(charged,
				successful ? TransactionCode.SUCCESS : TransactionCode.FAILED, results);
		return (transaction.feeBump() != null) ? result.inside(transaction.inner().hash()) : result;
	}

}
