package io.github.x402sessions.client.diagnosis;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * A facilitator that was asked.
 *
 * @param url where it is
 * @param feesLeftToPayers whether it has told that it takes the payment, and not that it
 * pays the fees, so that payers need a node of the ledger
 * @param spender the account that sends its settlements of sessions; {@code null} if it
 * does not say, or no session is to pay
 */
record FoundFacilitator(URI url, boolean feesLeftToPayers, @Nullable String spender) {
}
