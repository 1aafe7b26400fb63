/**
 * Holds the books against the chain.
 */
@NullMarked
package io.github.x402sessions.facilitator.reconcile;

import org.jspecify.annotations.NullMarked;
