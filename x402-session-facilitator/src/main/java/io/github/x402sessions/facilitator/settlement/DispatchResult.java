package io.github.x402sessions.facilitator.settlement;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.x402sessions.facilitator.settlement.repository.TrackingResult;
import io.github.x402sessions.stellar.balance.TransferFailure;
import org.jspecify.annotations.Nullable;

/**
 * The result of sending settlements off in one transaction.
 */
public sealed interface DispatchResult {

	/**
	 * Decide by cases.
	 * @param <T> the type of the result
	 * @param sent what to make of a transaction that was sent
	 * @param refused what to make of one that the chain would refuse
	 * @param notSent what to make of one that was not sent
	 * @param unknown what to make of one of which that is not known
	 * @return the result of the case
	 */
	<T extends @Nullable Object> T fold(Function<Sent, T> sent, Function<Refused, T> refused,
			Function<NotSent, T> notSent, Function<Unknown, T> unknown);

	/**
	 * The transaction is written down and followed, and may be on the network.
	 *
	 * @param hash its hash
	 * @param trackingResult how it will have ended
	 */
	record Sent(String hash, CompletableFuture<TrackingResult> trackingResult) implements DispatchResult {

		@Override
		public <T extends @Nullable Object> T fold(Function<Sent, T> sent, Function<Refused, T> refused,
				Function<NotSent, T> notSent, Function<Unknown, T> unknown) {
			return sent.apply(this);
		}

	}

	/**
	 * The chain would refuse it. Nothing was sent, everything is released.
	 *
	 * @param failure why
	 * @param alone whether it was for one settlement only
	 */
	record Refused(TransferFailure failure, boolean alone) implements DispatchResult {

		@Override
		public <T extends @Nullable Object> T fold(Function<Sent, T> sent, Function<Refused, T> refused,
				Function<NotSent, T> notSent, Function<Unknown, T> unknown) {
			return refused.apply(this);
		}

	}

	/**
	 * Nothing was sent, everything is released.
	 *
	 * @param reason why, in a sentence that is fit for a stranger
	 */
	record NotSent(String reason) implements DispatchResult {

		@Override
		public <T extends @Nullable Object> T fold(Function<Sent, T> sent, Function<Refused, T> refused,
				Function<NotSent, T> notSent, Function<Unknown, T> unknown) {
			return notSent.apply(this);
		}

	}

	/**
	 * Nobody knows yet whether the transaction was written down. If it was, it is
	 * followed; if not, what was set aside is released later.
	 */
	record Unknown() implements DispatchResult {

		@Override
		public <T extends @Nullable Object> T fold(Function<Sent, T> sent, Function<Refused, T> refused,
				Function<NotSent, T> notSent, Function<Unknown, T> unknown) {
			return unknown.apply(this);
		}

	}

}
