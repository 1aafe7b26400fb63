package io.github.x402sessions.facilitator.settlement.repository;

/**
 * That somebody is told of a payment, as long as it may be taken back.
 *
 * @param id its own name, so that it is told from another telling of the same payment
 * @param session the store's name for the session that paid
 * @param settlement the payment's name in the books
 * @param terms what makes another request the same payment
 */
public record OutcomeDelivery(String id, String session, String settlement, String terms) {
}
