package io.github.x402sessions.facilitator.session.evidence;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Evidence with the settlement that it is of, as an operator shows it to somebody.
 *
 * @param settlement the settlement's name in the books
 * @param status what has become of it
 * @param transaction the hash of the transaction that carries it; absent if there is none
 * @param signedFor when the payment came in
 * @param evidence what was signed
 */
public record KeptEvidence(String settlement, String status, @Nullable String transaction, Instant signedFor,
		PaymentEvidence evidence) {
}
