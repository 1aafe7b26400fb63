package io.github.x402sessions.facilitator.admin;

import io.github.x402sessions.facilitator.audit.AuditEntry;
import org.jspecify.annotations.Nullable;

/**
 * The body of a call that says nothing but why.
 *
 * @param reason why, for the audit log; absent where nobody says
 */
record StatedReason(@Nullable String reason) {

	/** Check the reason. */
	StatedReason {
		AuditEntry.requireReasonable(reason);
	}

}
