package io.github.x402sessions.client.opening;

import java.util.Optional;

import io.github.x402sessions.client.approval.SentApproval;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an approval left this machine and no session came of it. It keeps what is
 * needed to try again:
 * {@link io.github.x402sessions.client.SessionClient#register(UnregisteredApprovalException)}.
 * Its message shows neither signature nor proof; it is not for serialization.
 */
public abstract sealed class UnregisteredApprovalException extends SessionOpeningException
		permits ApprovalUnknownException, SessionNotRegisteredException {

	private final transient @Nullable SentApproval sent;

	private final String approvalTransaction;

	UnregisteredApprovalException(String message, String approvalTransaction, @Nullable Throwable cause) {
		super(message, cause);
		this.sent = null;
		this.approvalTransaction = approvalTransaction;
	}

	UnregisteredApprovalException(String message, SentApproval sent, @Nullable Throwable cause) {
		super(message, cause);
		this.sent = sent;
		this.approvalTransaction = sent.hash();
	}

	/**
	 * Return the approval transaction.
	 * @return its hash, hex
	 */
	public String approvalTransaction() {
		return this.approvalTransaction;
	}

	/**
	 * Tell whether it is unknown if the approval took effect.
	 * @return whether that is not known; otherwise it did
	 */
	public abstract boolean isUnknown();

	/**
	 * Return what was sent.
	 * @return what was sent, or empty if only its hash is known
	 */
	public Optional<SentApproval> sent() {
		return Optional.ofNullable(this.sent);
	}

}
