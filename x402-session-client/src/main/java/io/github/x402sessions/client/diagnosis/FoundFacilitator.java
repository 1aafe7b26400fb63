package io.github.x402sessions.client.diagnosis;

import java.net.URI;

/**
 * A facilitator that was asked.
 *
 * @param url where it is
 * @param feesLeftToPayers whether it has told that it takes the payment, and not that it
 * pays the fees, so that payers need a node of the ledger
 */
record FoundFacilitator(URI url, boolean feesLeftToPayers) {
}
