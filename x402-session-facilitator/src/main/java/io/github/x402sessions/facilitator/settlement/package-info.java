/**
 * Settlements: reserved, written down, broadcast, followed until the chain decides.
 */
@NullMarked
package io.github.x402sessions.facilitator.settlement;

import org.jspecify.annotations.NullMarked;
