/**
 * Transactions on their way through the network, tracked to a proven end.
 */
@NullMarked
package io.github.x402sessions.facilitator.settlement.tracking;

import org.jspecify.annotations.NullMarked;
