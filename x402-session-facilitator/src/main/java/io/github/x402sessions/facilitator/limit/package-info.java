/**
 * Limits of how much, or how often, in a period. They are counted in the store, so that
 * all nodes that share it count together, and a restart forgets nothing.
 */
@NullMarked
package io.github.x402sessions.facilitator.limit;

import org.jspecify.annotations.NullMarked;
