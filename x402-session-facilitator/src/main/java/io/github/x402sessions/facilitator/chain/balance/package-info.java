/**
 * What accounts and contracts hold, and what they let others spend, as the ledger says.
 */
@NullMarked
package io.github.x402sessions.facilitator.chain.balance;

import org.jspecify.annotations.NullMarked;
