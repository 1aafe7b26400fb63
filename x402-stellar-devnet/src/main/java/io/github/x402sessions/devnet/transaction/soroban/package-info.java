/**
 * Operations on contracts: calls, and the lifetime and restoration of their data.
 * Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.transaction.soroban;

import org.jspecify.annotations.NullMarked;
