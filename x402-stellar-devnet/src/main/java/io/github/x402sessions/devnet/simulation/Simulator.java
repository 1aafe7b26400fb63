package io.github.x402sessions.devnet.simulation;

import java.util.List;
import java.util.Locale;

import io.github.x402sessions.devnet.contract.Host;
import io.github.x402sessions.devnet.contract.HostOutcome;
import io.github.x402sessions.devnet.contract.authorization.Authorization;
import io.github.x402sessions.devnet.contract.authorization.Authorizer;
import io.github.x402sessions.devnet.contract.authorization.CredentialsForm;
import io.github.x402sessions.devnet.contract.authorization.EnforcingAuthorizer;
import io.github.x402sessions.devnet.contract.authorization.RecordingAuthorizer;
import io.github.x402sessions.devnet.contract.runtime.FootprintKeys;
import io.github.x402sessions.devnet.contract.runtime.FootprintPolicy;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.ledger.LedgerView;
import io.github.x402sessions.devnet.ledger.RestoringView;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import io.github.x402sessions.devnet.transaction.soroban.ExtendFootprintTtl;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.stellar.sdk.xdr.InvokeHostFunctionOp;
import org.stellar.sdk.xdr.MemoType;
import org.stellar.sdk.xdr.Operation;
import org.stellar.sdk.xdr.OperationType;

/**
 * Runs a contract call without a ledger, to report its needs and its return value. The
 * transaction's sequence, fee, time and signatures do not matter.
 */
public final class Simulator {

	private final LedgerView state;

	private final long ledger;

	private final int protocol;

	/**
	 * Creates a simulator.
	 * @param state the entries to start from
	 * @param ledger the latest closed ledger, in which the call believes itself
	 * @param protocol the protocol version
	 */
	public Simulator(LedgerView state, long ledger, int protocol) {
		this.state = new UsedAccountsView(state);
		this.ledger = ledger;
		this.protocol = protocol;
	}

	/**
	 * Runs the one operation of a transaction.
	 * @param transaction the transaction
	 * @param mode what is done about authorization
	 * @param upgradedAuth whether to ask for credentials that name their address, where
	 * the protocol knows them
	 */
	public SimulationOutcome run(TransactionFrame transaction, AuthMode mode, boolean upgradedAuth) {
		if (transaction.operations().size() != 1) {
			return SimulationOutcome.refused("Transaction contains more than one operation");
		}
		Operation operation = transaction.operations().get(0);
		OperationType type = operation.getBody().getDiscriminant();
		if (type == OperationType.EXTEND_FOOTPRINT_TTL || type == OperationType.RESTORE_FOOTPRINT) {
			return changeFootprint(transaction, operation);
		}
		if (type != OperationType.INVOKE_HOST_FUNCTION) {
			return SimulationOutcome.refused("transaction contains unsupported operation type: " + typeName(type));
		}
		if (transaction.body().getMemo().getDiscriminant() != MemoType.MEMO_NONE) {
			return SimulationOutcome.refused("Transaction contains a memo. Soroban transactions do not support memos.");
		}
		InvokeHostFunctionOp call = operation.getBody().getInvokeHostFunctionOp();
		if (!Host.supports(call.getHostFunction())) {
			return SimulationOutcome
				.refused("this network runs no host function but contract calls and the deployment of asset contracts");
		}
		if (mode == AuthMode.RECORD && call.getAuth().length > 0) {
			return SimulationOutcome.refused("cannot set authMode to 'record' with an auth footprint");
		}
		boolean naming = upgradedAuth && this.protocol >= CredentialsForm.NEWER_SINCE;
		return run(call, authorizer(transaction, mode, naming), transaction.networkId());
	}

	private SimulationOutcome changeFootprint(TransactionFrame transaction, Operation operation) {
		FootprintKeys footprint = transaction.footprint();
		if (footprint == null) {
			return SimulationOutcome
				.refused("To perform a SimulateTransaction for ExtendFootprintTtl or RestoreFootprint operations, "
						+ "SorobanTransactionData must be provided");
		}
		return (operation.getBody().getExtendFootprintTTLOp() != null) ? extend(operation, footprint)
				: restore(operation, footprint);
	}

	private SimulationOutcome extend(Operation operation, FootprintKeys footprint) {
		LedgerDraft draft = new LedgerDraft(this.state, this.ledger);
		ExtendFootprintTtl.extend(operation.getBody().getExtendFootprintTTLOp(), footprint, draft);
		return succeeded(ResourceEstimate.ofFootprint(operation, footprint, draft));
	}

	/** Restores what is archived; what lives is left out. */
	private SimulationOutcome restore(Operation operation, FootprintKeys footprint) {
		LedgerDraft draft = new LedgerDraft(this.state, this.ledger);
		FootprintKeys restored = FootprintKeys.empty();
		for (EntryKey key : footprint.readWrite()) {
			if (!key.persistent()) {
				return SimulationOutcome.refused("Can't restore a ledger entry with key: " + key
						+ ". Only persistent ledger entries with TTL can be restored.");
			}
			if (draft.find(key) == null) {
				return SimulationOutcome.refused("Missing entry to restore for key " + key);
			}
			if (draft.restore(key)) {
				restored.readWrite().add(key);
			}
		}
		return succeeded(ResourceEstimate.ofFootprint(operation, restored, draft));
	}

	private static SimulationOutcome succeeded(ResourceEstimate estimate) {
		return new SimulationOutcome.Succeeded(XdrCodec.base64(estimate.transactionData(false)), estimate.resourceFee(),
				List.of(), null, List.of());
	}

	/**
	 * Calls a contract. What is archived is restored as it is touched, as the transaction
	 * will do that is sent: it is written then, even if it is only read.
	 */
	private SimulationOutcome run(InvokeHostFunctionOp call, Authorizer authorizer, byte[] networkId) {
		LedgerDraft draft = new LedgerDraft(new RestoringView(this.state, this.ledger), this.ledger);
		FootprintPolicy policy = FootprintPolicy.record();
		HostOutcome outcome = new Host(draft, policy, authorizer, new Host.Rules(this.protocol, networkId))
			.run(call.getHostFunction());
		return outcome.fold((returned) -> succeeded(call, returned, draft, policy, authorizer.entries()),
				(failed) -> new SimulationOutcome.Failed(failed.text(), failed.diagnostics()));
	}

	private SimulationOutcome succeeded(InvokeHostFunctionOp call, HostOutcome.Returned returned, LedgerDraft draft,
			FootprintPolicy policy, List<Authorization> authorization) {
		LedgerDraft whole = new LedgerDraft(this.state, this.ledger);
		policy.footprint().all().filter(whole::restore).toList().forEach(policy::onWrite);
		draft.commitTo(whole);
		ResourceEstimate estimate = ResourceEstimate.ofCall(call, policy.footprint(), authorization, whole, returned);
		return new SimulationOutcome.Succeeded(XdrCodec.base64(estimate.transactionData(true)), estimate.resourceFee(),
				authorization, returned, whole.changesOf(policy.footprint().readWrite()));
	}

	private static Authorizer authorizer(TransactionFrame transaction, AuthMode mode, boolean naming) {
		String source = transaction.sourceOf(transaction.operations().get(0));
		List<Authorization> given = transaction.authorizations();
		boolean enforce = (mode == AuthMode.ENFORCE) || (mode == AuthMode.DEFAULT && !given.isEmpty());
		return enforce ? new EnforcingAuthorizer(source, given, transaction.networkId())
				: new RecordingAuthorizer(source, naming);
	}

	/** The name as the RPC server spells it, such as {@code OperationTypePayment}. */
	private static String typeName(OperationType type) {
		StringBuilder name = new StringBuilder("OperationType");
		for (String word : type.name().split("_", -1)) {
			name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
		}
		return name.toString();
	}

}
