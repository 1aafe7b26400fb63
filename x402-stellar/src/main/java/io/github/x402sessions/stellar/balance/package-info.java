/**
 * What accounts and contracts hold, and what they let others spend, as the ledger says.
 */
@NullMarked
package io.github.x402sessions.stellar.balance;

import org.jspecify.annotations.NullMarked;
