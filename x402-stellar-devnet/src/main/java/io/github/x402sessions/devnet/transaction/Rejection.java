package io.github.x402sessions.devnet.transaction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import io.github.x402sessions.devnet.contract.runtime.Diagnostics;
import org.jspecify.annotations.Nullable;

/**
 * The reason for which a transaction is not taken.
 *
 * @param result the result to show
 * @param explanation more about it, where the code alone says little
 */
public record Rejection(TransactionResult result, @Nullable String explanation) {

	public static Rejection of(TransactionCode code) {
		return new Rejection(TransactionResult.of(code), null);
	}

	public static Rejection soroban(String explanation) {
		return new Rejection(TransactionResult.of(TransactionCode.SOROBAN_INVALID), explanation);
	}

	/**
	 * Too little is bid.
	 * @param minimum stroops that are asked for the whole transaction
	 */
	public static Rejection feeBelow(long minimum) {
		return new Rejection(new TransactionResult(minimum, TransactionCode.INSUFFICIENT_FEE, List.of()), null);
	}

	/** The same said of the transaction inside a fee bump. */
	public Rejection inside(byte[] hash) {
		return new Rejection(this.result.inside(hash), this.explanation);
	}

	/** The explanation as the {@code DiagnosticEvent} that accompanies the result. */
	public byte[] diagnosticEvent() {
		return Diagnostics.refusal(Objects.requireNonNull(this.explanation, "there is no explanation"));
	}

	public static Rejection operation(OperationResult result, int position, int operations) {
		List<OperationResult> results = new ArrayList<>(Collections.nCopies(operations, OperationResult.BAD_AUTH));
		results.set(position, result);
		return new Rejection(new TransactionResult(0, TransactionCode.FAILED, results), null);
	}

}
