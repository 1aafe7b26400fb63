/**
 * Checks that a transaction passes before it is taken, and again when its ledger closes.
 * Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.transaction.validity;

import org.jspecify.annotations.NullMarked;
