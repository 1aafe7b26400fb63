package io.github.x402sessions.devnet.transaction.operation;

import java.util.Objects;

import io.github.x402sessions.devnet.contract.Host;
import io.github.x402sessions.devnet.contract.runtime.FootprintKeys;
import io.github.x402sessions.devnet.ledger.Authority;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.transaction.OperationResult;
import io.github.x402sessions.devnet.transaction.soroban.ExtendFootprintTtl;
import io.github.x402sessions.devnet.transaction.soroban.RestoreFootprint;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.Operation;
import org.stellar.sdk.xdr.OperationType;

/**
 * The operations that this network performs. All others are refused before a transaction
 * is taken.
 */
public final class Operations {

	private Operations() {
	}

	public static boolean supports(Operation operation) {
		return switch (operation.getBody().getDiscriminant()) {
			case CREATE_ACCOUNT, PAYMENT, SET_TRUST_LINE_FLAGS, ACCOUNT_MERGE, MANAGE_DATA, BUMP_SEQUENCE -> true;
			case SET_OPTIONS -> SetOptions.supports(operation.getBody().getSetOptionsOp());
			case CHANGE_TRUST -> ChangeTrust.supports(operation.getBody().getChangeTrustOp());
			case INVOKE_HOST_FUNCTION -> Host.supports(operation.getBody().getInvokeHostFunctionOp().getHostFunction());
			case EXTEND_FOOTPRINT_TTL, RESTORE_FOOTPRINT -> true;
			default -> false;
		};
	}

	/** The weight that an operation asks of its source's signatures. */
	public static int threshold(Operation operation, Authority authority) {
		return switch (operation.getBody().getDiscriminant()) {
			case SET_OPTIONS -> SetOptions.changesAuthority(operation.getBody().getSetOptionsOp()) ? authority.high()
					: authority.medium();
			case ACCOUNT_MERGE -> authority.high();
			case SET_TRUST_LINE_FLAGS, BUMP_SEQUENCE -> authority.low();
			default -> authority.medium();
		};
	}

	/**
	 * The error of an operation that is wrong in any ledger; {@code null} if there is
	 * none.
	 * @param footprint what its transaction declares to touch, if it does
	 */
	public static @Nullable OperationResult malformed(Operation operation, String source,
			@Nullable FootprintKeys footprint) {
		Operation.OperationBody body = operation.getBody();
		int code = switch (body.getDiscriminant()) {
			case CREATE_ACCOUNT -> CreateAccount.check(body.getCreateAccountOp(), source);
			case PAYMENT -> ClassicPayment.check(body.getPaymentOp());
			case CHANGE_TRUST -> ChangeTrust.check(body.getChangeTrustOp(), source);
			case SET_OPTIONS -> SetOptions.check(body.getSetOptionsOp(), source);
			case SET_TRUST_LINE_FLAGS -> SetTrustLineFlags.check(body.getSetTrustLineFlagsOp(), source);
			case ACCOUNT_MERGE -> AccountMerge.check(body.getDestination(), source);
			case MANAGE_DATA -> ManageData.check(body.getManageDataOp());
			case BUMP_SEQUENCE -> BumpSequence.check(body.getBumpSequenceOp());
			case EXTEND_FOOTPRINT_TTL ->
				ExtendFootprintTtl.check(body.getExtendFootprintTTLOp(), Objects.requireNonNull(footprint));
			case RESTORE_FOOTPRINT -> RestoreFootprint.check(Objects.requireNonNull(footprint));
			default -> 0;
		};
		return (code != 0) ? OperationResult.of(body.getDiscriminant(), code) : null;
	}

	/**
	 * Performs an operation that calls no contract. Its source may be gone by then, or
	 * not be there yet.
	 * @param closeTime when the ledger closes, in seconds since 1970
	 */
	public static OperationResult apply(Operation operation, String source, LedgerDraft draft, long closeTime) {
		if (draft.account(source) == null) {
			return OperationResult.NO_ACCOUNT;
		}
		Operation.OperationBody body = operation.getBody();
		if (body.getDiscriminant() == OperationType.ACCOUNT_MERGE) {
			return AccountMerge.apply(body.getDestination(), source, draft);
		}
		int code = switch (body.getDiscriminant()) {
			case CREATE_ACCOUNT -> CreateAccount.apply(body.getCreateAccountOp(), source, draft);
			case PAYMENT -> new ClassicPayment(body.getPaymentOp(), source).apply(draft);
			case CHANGE_TRUST -> ChangeTrust.apply(body.getChangeTrustOp(), source, draft);
			case SET_OPTIONS -> SetOptions.apply(body.getSetOptionsOp(), source, draft);
			case SET_TRUST_LINE_FLAGS -> SetTrustLineFlags.apply(body.getSetTrustLineFlagsOp(), source, draft);
			case MANAGE_DATA -> ManageData.apply(body.getManageDataOp(), source, draft);
			case BUMP_SEQUENCE -> BumpSequence.apply(body.getBumpSequenceOp(), source, draft, closeTime);
			default -> throw new IllegalStateException("unsupported operations are not taken");
		};
		return OperationResult.of(body.getDiscriminant(), code);
	}

}
