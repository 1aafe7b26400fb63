package io.github.x402sessions.facilitator;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How approves are sent that payers have signed and not sent themselves.
 *
 * @param sponsored whether the facilitator pays their fees, so that payers need no lumens
 * @param timeout how long a registration waits for the ledger that holds the approve
 */
public record ApprovalProperties(@DefaultValue("false") boolean sponsored, @DefaultValue("20s") Duration timeout) {

	/**
	 * Check the properties.
	 * @throws InvalidPropertyException if one is wrong
	 */
	public ApprovalProperties {
		PropertyCheck.duration("approvals.timeout", timeout, Duration.ofMillis(1));
	}

}
