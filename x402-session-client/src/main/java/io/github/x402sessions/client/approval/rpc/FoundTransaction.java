package io.github.x402sessions.client.approval.rpc;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code getTransaction}.
 *
 * @param status {@code SUCCESS}, {@code FAILED} or {@code NOT_FOUND}
 * @param ledger the ledger it is in; 0 when not found
 * @param latestLedgerCloseTime when the latest ledger closed, epoch seconds
 * @param oldestLedgerCloseTime when the oldest ledger that the server remembers closed,
 * epoch seconds; absent in some servers
 * @param resultXdr its result, base64 XDR; absent when not found
 * @param envelopeXdr the transaction itself, base64 XDR; absent when not found
 */
public record FoundTransaction(String status, @Nullable Long ledger, @Nullable String latestLedgerCloseTime,
		@Nullable String oldestLedgerCloseTime, @Nullable String resultXdr, @Nullable String envelopeXdr) {

	public FoundTransaction {
		if (status == null) {
			throw new MalformedMessageException("'status' is missing");
		}
	}

	public boolean isMissing() {
		return "NOT_FOUND".equals(this.status);
	}

	/** Whether the chain's time has passed a moment, as far as this answer tells. */
	public boolean isAfter(long epochSecond) {
		return time(this.latestLedgerCloseTime, -1) > epochSecond;
	}

	/**
	 * Whether the server remembers the ledgers since a moment, as far as this answer
	 * tells; what is older than its memory is missing, too.
	 */
	public boolean reachesBackTo(long epochSecond) {
		return time(this.oldestLedgerCloseTime, 0) <= epochSecond;
	}

	private static long time(@Nullable String text, long otherwise) {
		return (text != null && text.matches("[0-9]{1,18}")) ? Long.parseLong(text) : otherwise;
	}

}
