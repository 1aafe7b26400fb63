package io.github.x402sessions.client;

import io.github.x402sessions.client.approval.SentApproval;

/**
 * Thrown when the approval was sent and it is not known whether it took effect.
 * {@link SessionClient#register(UnregisteredApprovalException)} looks again and goes on
 * from there; opening another session instead may leave two approvals to pay fees for.
 */
public final class ApprovalUnknownException extends UnregisteredApprovalException {

	ApprovalUnknownException(String message, String approvalTransaction) {
		super(message, approvalTransaction, null);
	}

	ApprovalUnknownException(String message, SentApproval sent) {
		super(message, sent, null);
	}

	@Override
	boolean isUnknown() {
		return true;
	}

}
