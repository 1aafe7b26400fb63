package io.github.x402sessions.client.opening;

import io.github.x402sessions.client.approval.SentApproval;

/**
 * Thrown when the approval was sent and it is not known whether it took effect.
 * {@link io.github.x402sessions.client.SessionClient#register(UnregisteredApprovalException)}
 * looks again and goes on from there; opening another session instead may leave two
 * approvals to pay fees for.
 */
public final class ApprovalUnknownException extends UnregisteredApprovalException {

	public ApprovalUnknownException(String message, String approvalTransaction) {
		super(message, approvalTransaction, null);
	}

	public ApprovalUnknownException(String message, SentApproval sent) {
		super(message, sent, null);
	}

	@Override
	public boolean isUnknown() {
		return true;
	}

}
