package io.github.x402sessions.client.approval;

import java.math.BigInteger;

/**
 * What a payer allows: a spender may move up to an amount of an asset for some ledgers.
 *
 * @param user the account that allows it and signs
 * @param spender the account that may spend
 * @param asset the asset's contract id
 * @param amount the most that may be spent, base units
 * @param ledgers for how many ledgers from now
 */
public record ApprovalTerms(String user, String spender, String asset, BigInteger amount, long ledgers) {
}
