package io.github.x402sessions.facilitator.event.delivery;

import io.github.x402sessions.facilitator.event.FacilitatorEvent;

/**
 * An event that is being told to one receiver.
 *
 * @param event the event
 * @param receiver who is told
 * @param attempts how often that was tried before
 * @param failures how often the receiver has failed since it last did not
 * @param lease by what it is known who is telling it
 */
public record ClaimedEvent(FacilitatorEvent event, String receiver, int attempts, int failures, String lease) {
}
