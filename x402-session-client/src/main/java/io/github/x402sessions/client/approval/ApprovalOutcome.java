package io.github.x402sessions.client.approval;

import java.util.Optional;
import java.util.function.Function;

/**
 * The fate of an approval that was sent.
 */
public sealed interface ApprovalOutcome {

	/**
	 * Decide by cases.
	 * @param <T> the type of the result
	 * @param approved what to make of one that took effect
	 * @param refused what to make of one that took none
	 * @param unknown what to make of one that may have
	 * @return the result of the case
	 */
	<T> T fold(Function<Approved, T> approved, Function<Refused, T> refused, Function<Unknown, T> unknown);

	/**
	 * Fail unless it took effect.
	 * @param <X> the type of the failure
	 * @param refused what to throw if it took none
	 * @param unknown what to throw if it may have
	 * @throws X if it did not, or perhaps did not
	 */
	default <X extends RuntimeException> void orThrow(Function<Refused, X> refused, Function<Unknown, X> unknown) {
		this.<Optional<X>>fold((approved) -> Optional.empty(), (failed) -> Optional.of(refused.apply(failed)),
				(open) -> Optional.of(unknown.apply(open)))
			.ifPresent((failure) -> {
				throw failure;
			});
	}

	/**
	 * It is on the ledger and succeeded.
	 *
	 * @param ledger the ledger it is in
	 */
	record Approved(long ledger) implements ApprovalOutcome {

		@Override
		public <T> T fold(Function<Approved, T> approved, Function<Refused, T> refused, Function<Unknown, T> unknown) {
			return approved.apply(this);
		}

	}

	/**
	 * It took no effect and never will.
	 *
	 * @param reason why
	 */
	record Refused(String reason) implements ApprovalOutcome {

		@Override
		public <T> T fold(Function<Approved, T> approved, Function<Refused, T> refused, Function<Unknown, T> unknown) {
			return refused.apply(this);
		}

	}

	/**
	 * It may or may not take effect.
	 *
	 * @param reason why that is not known
	 */
	record Unknown(String reason) implements ApprovalOutcome {

		@Override
		public <T> T fold(Function<Approved, T> approved, Function<Refused, T> refused, Function<Unknown, T> unknown) {
			return unknown.apply(this);
		}

	}

}
