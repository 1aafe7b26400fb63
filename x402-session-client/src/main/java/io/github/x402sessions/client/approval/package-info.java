/**
 * The one transaction a payer signs: {@code approve} on the asset's contract, from its
 * making to the proof that it is or is not on the ledger, by the facilitator or by the
 * payer itself. For callers whose users sign elsewhere.
 */
@NullMarked
package io.github.x402sessions.client.approval;

import org.jspecify.annotations.NullMarked;
