package io.github.x402sessions.client.opening;

import io.github.x402sessions.client.approval.SentApproval;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the approval took effect but no session came back from the facilitator. The
 * allowance stands until it expires, and the facilitator's account could spend it; if
 * only its answer was lost, there is a session, too. Try again with
 * {@link io.github.x402sessions.client.SessionClient#register(UnregisteredApprovalException)}.
 */
public final class SessionNotRegisteredException extends UnregisteredApprovalException {

	public SessionNotRegisteredException(String message, String approvalTransaction, Throwable cause) {
		super(message, approvalTransaction, cause);
	}

	public SessionNotRegisteredException(String message, SentApproval sent, @Nullable Throwable cause) {
		super(message, sent, cause);
	}

	@Override
	public boolean isUnknown() {
		return false;
	}

}
