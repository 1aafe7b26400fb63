package io.github.x402sessions.facilitator.admin;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.audit.AuditEntry;
import org.jspecify.annotations.Nullable;

/**
 * The body of a call that changes something.
 *
 * @param reason why, for the audit log
 * @param moved whether the money of a transaction has moved; absent where none is decided
 * @param difference the difference between books and chain that was looked at; absent
 * where none is accepted
 * @param payer the only payer that is meant; any where absent
 * @param recipient the only recipient; any where absent
 * @param asset the contract of the only asset; any where absent
 */
record Decision(@Nullable String reason, @Nullable Boolean moved, @Nullable String difference, @Nullable String payer,
		@Nullable String recipient, @Nullable String asset) {

	/**
	 * Check the reason.
	 * @throws MalformedMessageException if it is too long
	 */
	Decision {
		if (reason != null && reason.length() > AuditEntry.LONGEST_REASON) {
			throw new MalformedMessageException("'reason' is longer than " + AuditEntry.LONGEST_REASON + " characters");
		}
	}

	/**
	 * Return the reason of something that has to have one.
	 * @throws MalformedMessageException if there is none
	 */
	String because() {
		return AdminRequest.required(this.reason, "reason");
	}

}
