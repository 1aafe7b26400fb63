package io.github.x402sessions.devnet.fault.plan;

import java.time.Duration;

import io.github.x402sessions.devnet.fault.Faults;
import org.jspecify.annotations.Nullable;

/**
 * Faults as the admin endpoint reads and writes them. A component that is left out stays
 * as it is.
 *
 * @param closingPaused whether the ledger clock stands still
 * @param rejectSends transactions still answered with {@code TRY_AGAIN_LATER}
 * @param dropSends transactions still dropped silently
 * @param loseAnswers transactions still taken but answered with an error
 * @param hideLedgers ledgers that a landed transaction stays hidden
 * @param failStatus the HTTP status of failing requests, 400 to 599
 * @param failRequests requests that still fail
 * @param delayMillis milliseconds that every answer waits
 * @param lagLedgers how many ledgers old the oldest state is that answers a call, 0 to 3
 * @param lagSeed decides how old each call's state is; 0 if it is left out
 * @param latestLedgerBytes the fewest bytes of XDR that {@code getLatestLedger} tells of
 * a ledger
 * @param surgeLedgers ledgers that others still fill
 * @param surgeFee stroops for each operation that clear such a ledger; 1000 if it is left
 * out
 * @param queueFee stroops for each operation that the queue asks meanwhile; 0 if it is
 * left out
 */
public record FaultSettings(@Nullable Boolean closingPaused, @Nullable Integer rejectSends, @Nullable Integer dropSends,
		@Nullable Integer loseAnswers, @Nullable Integer hideLedgers, @Nullable Integer failStatus,
		@Nullable Integer failRequests, @Nullable Long delayMillis, @Nullable Integer lagLedgers,
		@Nullable Long lagSeed, @Nullable Integer latestLedgerBytes, @Nullable Integer surgeLedgers,
		@Nullable Long surgeFee, @Nullable Long queueFee) {

	private static final long SURGE_FEE = 1000;

	/**
	 * Applies what is set.
	 * @throws IllegalArgumentException if a number is out of its range
	 */
	public void applyTo(Faults faults) {
		if (this.closingPaused != null) {
			pause(faults, this.closingPaused);
		}
		if (this.rejectSends != null) {
			faults.rejectSends(this.rejectSends);
		}
		if (this.dropSends != null) {
			faults.dropSends(this.dropSends);
		}
		if (this.loseAnswers != null) {
			faults.loseAnswers(this.loseAnswers);
		}
		if (this.hideLedgers != null) {
			faults.hideTransactions(this.hideLedgers);
		}
		if (this.failRequests != null) {
			faults.failRequests((this.failStatus != null) ? this.failStatus : 503, this.failRequests);
		}
		if (this.delayMillis != null) {
			faults.delayAnswers(Duration.ofMillis(this.delayMillis));
		}
		if (this.lagLedgers != null) {
			faults.lagNodes(this.lagLedgers, (this.lagSeed != null) ? this.lagSeed : 0);
		}
		if (this.latestLedgerBytes != null) {
			faults.latestLedgerBytes(this.latestLedgerBytes);
		}
		if (this.surgeLedgers != null) {
			faults.surge(this.surgeLedgers, (this.surgeFee != null) ? this.surgeFee : SURGE_FEE,
					(this.queueFee != null) ? this.queueFee : 0);
		}
	}

	private static void pause(Faults faults, boolean paused) {
		if (paused) {
			faults.pauseClosing();
		}
		else {
			faults.resumeClosing();
		}
	}

}
