package io.github.x402sessions.facilitator.event;

import java.time.Instant;

import io.github.x402sessions.facilitator.settlement.recipient.SettlementPage;
import org.jspecify.annotations.Nullable;

/**
 * Something that the books of a facilitator say has happened. Nothing of it opens
 * anything: there is no session id, no signature and no payload in it.
 *
 * @param type what has happened
 * @param timestamp when, by the time of the books
 * @param data to whom
 * @param id the event's name, the same however often it is told
 * @param number its place among all events of these books: events of the same payment are
 * told in this order, and those of the same session but for what was written in the same
 * moment. Numbers have gaps, and begin again where books are restored. No webhook learns
 * of them
 */
public record FacilitatorEvent(EventType type, Instant timestamp, Data data, String id, long number) {

	/**
	 * The subject of an event: a payment or a session.
	 *
	 * @param recipient the address that is paid
	 * @param settlement the payment as it was then, as {@code GET /settlements} shows it;
	 * absent where a session has changed
	 * @param session the session; absent where a payment has changed
	 */
	public record Data(String recipient, SettlementPage.@Nullable Entry settlement, @Nullable SessionChange session) {
	}

}
