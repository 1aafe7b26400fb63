package io.github.x402sessions.facilitator.deferred.hold;

import java.math.BigInteger;

import io.github.x402sessions.stellar.transfer.Parties;

/**
 * A payment whose amount is held: it will cost that at most, or nothing.
 *
 * @param id its name, that of the commitment which it becomes
 * @param account the name of the account that it would draw on
 * @param parties between whom
 * @param amount what is held, base units
 */
public record HeldPayment(String id, String account, Parties parties, BigInteger amount) {
}
