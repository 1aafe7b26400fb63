package io.github.x402sessions.facilitator.discovery;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.x402sessions.core.protocol.DeferralStatus;
import io.github.x402sessions.facilitator.deferred.CommitmentRepository;
import io.github.x402sessions.facilitator.schedule.PeriodicTask;

/**
 * Waits for payments that are promised: only what is paid is listed, as anybody may
 * promise. They are in memory, as the next payment brings what a restart forgets.
 * Thread-safe.
 */
public final class AwaitedCommitments implements AutoCloseable {

	private static final int MOST = 1_000;

	/** Longer than any commitment waits that is redeemed without trouble. */
	private static final Duration LONGEST = Duration.ofHours(3);

	private final CommitmentRepository commitments;

	private final Duration pause;

	private final Map<String, Awaited> awaited = new ConcurrentHashMap<>();

	private volatile Consumer<Candidate> made = (candidate) -> {
	};

	private final PeriodicTask rounds;

	/**
	 * Create it.
	 * @param commitments knows what became of commitments
	 * @param pause the pause between two looks at them
	 */
	public AwaitedCommitments(CommitmentRepository commitments, Duration pause) {
		this.commitments = commitments;
		this.pause = pause;
		this.rounds = PeriodicTask.every("x402-catalogue-promised", pause, this::look);
	}

	/**
	 * Begin.
	 * @param made gets what has been paid
	 */
	void start(Consumer<Candidate> made) {
		this.made = made;
		this.rounds.start(this.pause);
	}

	/**
	 * Wait for a payment; of the same declaration for one at a time.
	 * @return whether there was a place for it
	 */
	boolean await(String commitment, Candidate candidate) {
		if (this.awaited.size() >= MOST) {
			return false;
		}
		this.awaited.putIfAbsent(candidate.key(), new Awaited(commitment, candidate, System.nanoTime()));
		return true;
	}

	private void look() {
		this.awaited.forEach((key, one) -> {
			DeferralStatus status = this.commitments.find(one.commitment()).map((state) -> state.status()).orElse(null);
			boolean open = status == DeferralStatus.COMMITTED || status == DeferralStatus.SUBMITTED;
			if (status == DeferralStatus.CONFIRMED) {
				this.made.accept(one.candidate());
			}
			if (!open || System.nanoTime() - one.since() > LONGEST.toNanos()) {
				this.awaited.remove(key);
			}
		});
	}

	@Override
	public void close() {
		this.rounds.close();
	}

	/**
	 * A payment that is promised.
	 *
	 * @param commitment the name of the promise
	 * @param candidate what may be listed then
	 * @param since when it was promised, by {@link System#nanoTime()}
	 */
	private record Awaited(String commitment, Candidate candidate, long since) {
	}

}
