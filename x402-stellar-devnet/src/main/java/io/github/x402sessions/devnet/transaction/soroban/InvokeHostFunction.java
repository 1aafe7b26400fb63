package io.github.x402sessions.devnet.transaction.soroban;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.x402sessions.devnet.contract.Host;
import io.github.x402sessions.devnet.contract.HostOutcome;
import io.github.x402sessions.devnet.contract.authorization.EnforcingAuthorizer;
import io.github.x402sessions.devnet.contract.runtime.FootprintKeys;
import io.github.x402sessions.devnet.contract.runtime.FootprintPolicy;
import io.github.x402sessions.devnet.fee.FeeSchedule;
import io.github.x402sessions.devnet.fee.Rent;
import io.github.x402sessions.devnet.ledger.EntryChange;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import io.github.x402sessions.devnet.transaction.OperationResult;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.InvokeHostFunctionOp;
import org.stellar.sdk.xdr.Operation;
import org.stellar.sdk.xdr.OperationType;
import org.stellar.sdk.xdr.SorobanTransactionData;

/**
 * The one operation of a transaction that calls a contract, within the resources that it
 * declares.
 */
public final class InvokeHostFunction {

	private static final int TRAPPED = -2;

	private static final int RESOURCE_LIMIT_EXCEEDED = -3;

	private static final int ENTRY_ARCHIVED = -4;

	private static final int INSUFFICIENT_REFUNDABLE_FEE = -5;

	private final TransactionFrame transaction;

	private final SorobanTransactionData data;

	private final LedgerDraft draft;

	private final int protocol;

	private final long nonRefundable;

	public InvokeHostFunction(TransactionFrame transaction, SorobanTransactionData data, LedgerDraft draft,
			int protocol) {
		this.transaction = transaction;
		this.data = data;
		this.draft = draft;
		this.protocol = protocol;
		this.nonRefundable = SorobanRules.nonRefundable(transaction, data);
	}

	public Outcome apply() {
		FootprintKeys footprint = Objects.requireNonNull(this.transaction.footprint());
		Set<EntryKey> restored = this.transaction.archivedKeys()
			.stream()
			.filter(this.draft::restore)
			.collect(Collectors.toSet());
		long read = footprint.all()
			.filter((key) -> key.onDisk() || restored.contains(key))
			.map(this.draft::find)
			.filter(Objects::nonNull)
			.mapToLong(StoredEntry::size)
			.sum();
		if (read > SorobanRules.number(this.data.getResources().getReadBytes())) {
			return failed(RESOURCE_LIMIT_EXCEEDED, null);
		}
		if (footprint.all().map(this.draft::find).anyMatch(this::archived)) {
			return failed(ENTRY_ARCHIVED, null);
		}
		Operation operation = this.transaction.operations().get(0);
		InvokeHostFunctionOp call = operation.getBody().getInvokeHostFunctionOp();
		HostOutcome outcome = new Host(this.draft, FootprintPolicy.enforce(footprint),
				new EnforcingAuthorizer(this.transaction.sourceOf(operation), this.transaction.authorizations(),
						this.transaction.networkId()),
				new Host.Rules(this.protocol, this.transaction.networkId()))
			.run(call.getHostFunction());
		return outcome.fold((returned) -> settle(footprint, returned), (failed) -> failed(TRAPPED, failed));
	}

	private boolean archived(@Nullable StoredEntry stored) {
		return stored != null && stored.archivedAt(this.draft.ledger());
	}

	private Outcome settle(FootprintKeys footprint, HostOutcome.Returned returned) {
		List<EntryChange> changes = this.draft.changes();
		long written = footprint.readWrite()
			.stream()
			.map(this.draft::find)
			.filter(Objects::nonNull)
			.mapToLong(StoredEntry::size)
			.sum();
		if (returned.instructions() > SorobanRules.number(this.data.getResources().getInstructions())
				|| written > SorobanRules.number(this.data.getResources().getWriteBytes())) {
			return failed(RESOURCE_LIMIT_EXCEEDED, returned);
		}
		long rent = Rent.of(changes, this.draft.ledger());
		long refundable = rent + FeeSchedule.events(returned.outputSize());
		if (refundable > this.transaction.resourceFee() - this.nonRefundable) {
			return failed(INSUFFICIENT_REFUNDABLE_FEE, returned);
		}
		return new Outcome(OperationResult.invoked(returned.successHash()), returned,
				new Fees(this.nonRefundable, refundable, rent));
	}

	private Outcome failed(int code, @Nullable HostOutcome outcome) {
		return new Outcome(OperationResult.of(OperationType.INVOKE_HOST_FUNCTION, code), outcome,
				new Fees(this.nonRefundable, 0, 0));
	}

	/**
	 * The outcome of the call.
	 *
	 * @param result the operation's result
	 * @param host how the contract ended, if it ran
	 * @param fees what it cost
	 */
	public record Outcome(OperationResult result, @Nullable HostOutcome host, Fees fees) {
	}

	/**
	 * Resource fees that are kept, in stroops.
	 *
	 * @param nonRefundable for declared resources
	 * @param refundable for what was used: events and rent
	 * @param rent the rent in that
	 */
	public record Fees(long nonRefundable, long refundable, long rent) {

		public long total() {
			return this.nonRefundable + this.refundable;
		}

	}

}
