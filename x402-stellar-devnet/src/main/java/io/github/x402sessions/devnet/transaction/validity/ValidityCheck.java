package io.github.x402sessions.devnet.transaction.validity;

import java.util.List;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.ledger.LedgerView;
import io.github.x402sessions.devnet.transaction.FeeBumpFrame;
import io.github.x402sessions.devnet.transaction.OperationResult;
import io.github.x402sessions.devnet.transaction.Rejection;
import io.github.x402sessions.devnet.transaction.TransactionCode;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import io.github.x402sessions.devnet.transaction.operation.Operations;
import io.github.x402sessions.devnet.transaction.soroban.SorobanRules;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.Operation;
import org.stellar.sdk.xdr.SorobanTransactionData;

/**
 * The checks that a transaction must pass to be taken, in the network's order, which
 * decides the error that a sender sees.
 */
public final class ValidityCheck {

	private final LedgerView ledger;

	private final ValidityWindow window;

	public ValidityCheck(LedgerView ledger, ValidityWindow window) {
		this.ledger = ledger;
		this.window = window;
	}

	/** The first thing wrong with a transaction; {@code null} if nothing is. */
	public @Nullable Rejection check(TransactionFrame transaction) {
		FeeBumpFrame bump = transaction.feeBump();
		if (bump == null) {
			return check(transaction, true);
		}
		Rejection outer = checkBump(transaction, bump);
		if (outer != null) {
			return outer;
		}
		Rejection inner = check(bump.inner(), false);
		return (inner != null) ? inner.inside(bump.inner().hash()) : null;
	}

	/**
	 * The account that bumps a fee pays it, signs for it, and has no other part in the
	 * transaction.
	 */
	private @Nullable Rejection checkBump(TransactionFrame transaction, FeeBumpFrame bump) {
		if (bump.inner().soroban() && (bump.inner().sorobanData() == null || bump.inner().resourceFee() < 0)) {
			return Rejection.of(TransactionCode.MALFORMED);
		}
		long minimum = ClosedLedger.BASE_FEE * bump.operations();
		if (bump.inclusionFee() < minimum || !bump.isNotBelowInner()) {
			return Rejection.feeBelow(minimum);
		}
		Account payer = this.ledger.account(bump.feeSource());
		if (payer == null) {
			return Rejection.of(TransactionCode.NO_ACCOUNT);
		}
		SignatureChecker signatures = new SignatureChecker(transaction);
		if (!signatures.authorize(payer, payer.authority().low())) {
			return Rejection.of(TransactionCode.BAD_AUTH);
		}
		if (payer.spendable() < bump.fee()) {
			return Rejection.of(TransactionCode.INSUFFICIENT_BALANCE);
		}
		return signatures.allUsed() ? null : Rejection.of(TransactionCode.BAD_AUTH_EXTRA);
	}

	private @Nullable Rejection check(TransactionFrame transaction, boolean paysItself) {
		Rejection shape = shape(transaction);
		if (shape != null) {
			return shape;
		}
		PreconditionCheck bounds = new PreconditionCheck(transaction.body().getCond());
		Rejection early = bounds.check(this.window);
		if (early != null) {
			return early;
		}
		long minimum = ClosedLedger.BASE_FEE * Math.max(1, transaction.operations().size());
		if (paysItself && transaction.inclusionFee() < minimum) {
			return Rejection.feeBelow(minimum);
		}
		return source(transaction, bounds, paysItself);
	}

	/**
	 * Checks a transaction that was taken once more, after the others of its ledger that
	 * came first. Its fee is paid by then.
	 */
	public @Nullable Rejection checkAgain(TransactionFrame transaction) {
		TransactionFrame inner = transaction.inner();
		return source(inner, new PreconditionCheck(inner.body().getCond()), false);
	}

	private @Nullable Rejection source(TransactionFrame transaction, PreconditionCheck bounds, boolean paysItself) {
		Account source = this.ledger.account(transaction.source());
		if (source == null) {
			return Rejection.of(TransactionCode.NO_ACCOUNT);
		}
		if (!bounds.allows(transaction.sequence(), source.sequence())) {
			return Rejection.of(TransactionCode.BAD_SEQ);
		}
		return authority(transaction, source, paysItself);
	}

	private static @Nullable Rejection shape(TransactionFrame transaction) {
		SorobanTransactionData data = transaction.sorobanData();
		List<Operation> operations = transaction.operations();
		if (transaction.soroban() && (data == null || transaction.resourceFee() < 0)) {
			return Rejection.of(TransactionCode.MALFORMED);
		}
		if (operations.isEmpty()) {
			return Rejection.of(TransactionCode.MISSING_OPERATION);
		}
		if (transaction.soroban() ? operations.size() > 1 : data != null) {
			return Rejection.of(TransactionCode.MALFORMED);
		}
		return (data != null) ? SorobanRules.check(transaction, data) : null;
	}

	private @Nullable Rejection authority(TransactionFrame transaction, Account source, boolean paysItself) {
		SignatureChecker signatures = new SignatureChecker(transaction);
		if (!signatures.authorize(source, source.authority().low())) {
			return Rejection.of(TransactionCode.BAD_AUTH);
		}
		if (paysItself && source.spendable() < transaction.fee()) {
			return Rejection.of(TransactionCode.INSUFFICIENT_BALANCE);
		}
		List<Operation> operations = transaction.operations();
		for (int i = 0; i < operations.size(); i++) {
			OperationResult failure = failure(operations.get(i), transaction, signatures);
			if (failure != null) {
				return Rejection.operation(failure, i, operations.size());
			}
		}
		return signatures.allUsed() ? null : Rejection.of(TransactionCode.BAD_AUTH_EXTRA);
	}

	private @Nullable OperationResult failure(Operation operation, TransactionFrame transaction,
			SignatureChecker signatures) {
		if (!Operations.supports(operation)) {
			return OperationResult.NOT_SUPPORTED;
		}
		String source = transaction.sourceOf(operation);
		return authorized(operation, source, signatures)
				? Operations.malformed(operation, source, transaction.footprint()) : OperationResult.BAD_AUTH;
	}

	/** An account that is not there may be opened by an operation before. */
	private boolean authorized(Operation operation, String source, SignatureChecker signatures) {
		Account account = this.ledger.account(source);
		return (account != null) ? signatures.authorize(account, Operations.threshold(operation, account.authority()))
				: signatures.signedBy(source);
	}

}
