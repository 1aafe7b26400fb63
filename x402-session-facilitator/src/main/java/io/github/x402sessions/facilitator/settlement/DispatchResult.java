package io.github.x402sessions.facilitator.settlement;

import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.facilitator.settlement.repository.TrackingResult;
import io.github.x402sessions.stellar.balance.TransferFailure;

/**
 * The result of sending settlements off in one transaction.
 */
sealed interface DispatchResult {

	/**
	 * The transaction is written down and followed, and may be on the network.
	 *
	 * @param hash its hash
	 * @param fate how it will have ended
	 */
	record Sent(String hash, CompletableFuture<TrackingResult> fate) implements DispatchResult {
	}

	/**
	 * The chain would refuse it. Nothing was sent, everything is released.
	 *
	 * @param failure why
	 * @param alone whether it was for one settlement only
	 */
	record Refused(TransferFailure failure, boolean alone) implements DispatchResult {
	}

	/**
	 * Nothing was sent, everything is released.
	 *
	 * @param reason why, in a sentence that is fit for a stranger
	 */
	record NotSent(String reason) implements DispatchResult {
	}

	/**
	 * Nobody knows yet whether the transaction was written down. If it was, it is
	 * followed; if not, what was set aside is released later.
	 */
	record Unknown() implements DispatchResult {
	}

}
