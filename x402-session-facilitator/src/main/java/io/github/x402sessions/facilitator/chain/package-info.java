/**
 * What the facilitator reads from the ledger and signs for it; the Stellar SDK stays
 * behind these types.
 */
@NullMarked
package io.github.x402sessions.facilitator.chain;

import org.jspecify.annotations.NullMarked;
