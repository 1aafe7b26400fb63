package io.github.x402sessions.devnet.transaction;

import io.github.x402sessions.devnet.contract.Host;
import io.github.x402sessions.devnet.ledger.Authority;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import org.stellar.sdk.xdr.Operation;

/**
 * The operations that this network performs. All others are refused before a transaction
 * is taken.
 */
final class Operations {

	private Operations() {
	}

	static boolean supports(Operation operation) {
		return switch (operation.getBody().getDiscriminant()) {
			case CREATE_ACCOUNT, PAYMENT, SET_TRUST_LINE_FLAGS -> true;
			case SET_OPTIONS -> SetOptions.supports(operation.getBody().getSetOptionsOp());
			case CHANGE_TRUST -> ChangeTrust.supports(operation.getBody().getChangeTrustOp());
			case INVOKE_HOST_FUNCTION -> Host.supports(operation.getBody().getInvokeHostFunctionOp().getHostFunction());
			case EXTEND_FOOTPRINT_TTL, RESTORE_FOOTPRINT -> true;
			default -> false;
		};
	}

	/** The weight that an operation asks of its source's signatures. */
	static int threshold(Operation operation, Authority authority) {
		return switch (operation.getBody().getDiscriminant()) {
			case SET_OPTIONS -> SetOptions.changesAuthority(operation.getBody().getSetOptionsOp()) ? authority.high()
					: authority.medium();
			case SET_TRUST_LINE_FLAGS -> authority.low();
			default -> authority.medium();
		};
	}

	/** Performs an operation that calls no contract. */
	static OperationResult apply(Operation operation, String source, LedgerDraft draft) {
		int code = switch (operation.getBody().getDiscriminant()) {
			case CREATE_ACCOUNT -> CreateAccount.apply(operation.getBody().getCreateAccountOp(), source, draft);
			case PAYMENT -> new Payment(operation.getBody().getPaymentOp(), source).apply(draft);
			case CHANGE_TRUST -> ChangeTrust.apply(operation.getBody().getChangeTrustOp(), source, draft);
			case SET_OPTIONS -> SetOptions.apply(operation.getBody().getSetOptionsOp(), source, draft);
			case SET_TRUST_LINE_FLAGS ->
				SetTrustLineFlags.apply(operation.getBody().getSetTrustLineFlagsOp(), source, draft);
			default -> throw new IllegalStateException("unsupported operations are not taken");
		};
		return OperationResult.of(operation.getBody().getDiscriminant(), code);
	}

}
