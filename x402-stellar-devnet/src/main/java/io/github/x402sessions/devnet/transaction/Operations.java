package io.github.x402sessions.devnet.transaction;

import io.github.x402sessions.devnet.contract.Host;
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
			case CREATE_ACCOUNT, PAYMENT -> true;
			case CHANGE_TRUST -> ChangeTrust.supports(operation.getBody().getChangeTrustOp());
			case INVOKE_HOST_FUNCTION -> Host.supports(operation.getBody().getInvokeHostFunctionOp().getHostFunction());
			default -> false;
		};
	}

	/** Performs an operation that calls no contract. */
	static OperationResult apply(Operation operation, String source, LedgerDraft draft) {
		int code = switch (operation.getBody().getDiscriminant()) {
			case CREATE_ACCOUNT -> CreateAccount.apply(operation.getBody().getCreateAccountOp(), source, draft);
			case PAYMENT -> new Payment(operation.getBody().getPaymentOp(), source).apply(draft);
			case CHANGE_TRUST -> ChangeTrust.apply(operation.getBody().getChangeTrustOp(), source, draft);
			default -> throw new IllegalStateException("unsupported operations are not taken");
		};
		return OperationResult.of(operation.getBody().getDiscriminant(), code);
	}

}
