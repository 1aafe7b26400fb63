package io.github.x402sessions.devnet.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for the next ledger up to a timeout: a network whose ledgers close by hand may
 * never close one.
 */
final class LedgerWait {

	private LedgerWait() {
	}

	/**
	 * Waits for an answer and withdraws the request if none comes.
	 * @throws NoLedgerException if the time is over
	 * @throws ExecutionException if the request was refused
	 */
	static <T> T await(CompletableFuture<T> answer, Duration time) throws InterruptedException, ExecutionException {
		try {
			return answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			answer.cancel(false);
			throw new NoLedgerException(time);
		}
	}

	/**
	 * Signals that no ledger closed in time.
	 */
	static final class NoLedgerException extends RuntimeException {

		NoLedgerException(Duration time) {
			super("no ledger closed within " + time.toMillis() + " ms: is closing paused or by hand?", null, false,
					false);
		}

	}

}
