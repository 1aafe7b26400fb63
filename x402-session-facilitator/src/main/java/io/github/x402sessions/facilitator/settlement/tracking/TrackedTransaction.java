package io.github.x402sessions.facilitator.settlement.tracking;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.settlement.repository.TrackingResult;
import io.github.x402sessions.stellar.rpc.Polling;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that is followed, with whoever waits for its end. One thread at a time
 * uses it, each after the other.
 */
final class TrackedTransaction {

	private final SubmittedTransaction submitted;

	private final TransactionSubmission broadcast;

	private final @Nullable Long sentAt;

	private final CompletableFuture<TrackingResult> trackingResult = new CompletableFuture<>();

	private final CompletableFuture<Void> offered = new CompletableFuture<>();

	private Polling polling;

	private boolean over;

	/**
	 * Create it.
	 * @param submitted the transaction
	 * @param broadcast its way through the network
	 * @param sentAt when it was sent, by {@link System#nanoTime()}; absent where another
	 * process has sent it
	 * @param polling the pause between two looks at first
	 */
	TrackedTransaction(SubmittedTransaction submitted, TransactionSubmission broadcast, @Nullable Long sentAt,
			Polling polling) {
		this.submitted = submitted;
		this.broadcast = broadcast;
		this.sentAt = sentAt;
		this.polling = polling;
		if (sentAt == null) {
			this.offered.complete(null);
		}
	}

	String hash() {
		return this.submitted.hash();
	}

	SubmittedTransaction submitted() {
		return this.submitted;
	}

	TransactionSubmission broadcast() {
		return this.broadcast;
	}

	/** Return what ends when it was offered to the network, or will not be. */
	CompletableFuture<Void> offered() {
		return this.offered;
	}

	/** Return how it will have ended. */
	CompletableFuture<TrackingResult> trackingResult() {
		return this.trackingResult;
	}

	/** Tell whether it was found earlier that no ledger can apply it any more. */
	boolean isOver() {
		return this.over;
	}

	/** Tell whether somebody still waits for its end. */
	boolean isWaitedFor() {
		return this.broadcast.isWaitedFor();
	}

	/** Hear that a look decided nothing. */
	void next() {
		this.over = this.broadcast.isOver();
		this.polling = this.over ? this.polling.slower() : this.polling;
	}

	/** Return the pause before the next look. */
	Duration pause() {
		return this.polling.interval();
	}

	@Nullable Duration sinceSent() {
		return (this.sentAt != null) ? Duration.ofNanos(System.nanoTime() - this.sentAt) : null;
	}

}
