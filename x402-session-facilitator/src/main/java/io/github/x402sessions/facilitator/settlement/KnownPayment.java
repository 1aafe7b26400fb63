package io.github.x402sessions.facilitator.settlement;

import org.jspecify.annotations.Nullable;

/**
 * A payment that was made under an identifier, or is being made.
 *
 * @param terms the hash of what it pays
 * @param paid whether it has ended, the money moved; otherwise it is open
 * @param transaction the hash of its transaction; absent while there is none
 */
record KnownPayment(String terms, boolean paid, @Nullable String transaction) {
}
