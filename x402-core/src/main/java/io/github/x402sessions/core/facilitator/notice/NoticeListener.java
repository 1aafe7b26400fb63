package io.github.x402sessions.core.facilitator.notice;

import io.github.x402sessions.core.protocol.SettlementNotice;

/**
 * Hears of settlements that have changed.
 */
@FunctionalInterface
public interface NoticeListener {

	/**
	 * A settlement has changed, or is told again.
	 * @param recipient the address that is paid
	 * @param notice what the facilitator says of it
	 */
	void told(String recipient, SettlementNotice notice);

}
