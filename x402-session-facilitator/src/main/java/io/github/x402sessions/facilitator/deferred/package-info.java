/**
 * Deferred settlement: payments that are committed in the books at once, within what a
 * seller and the operator lend, and settled on the chain together with others later.
 */
@NullMarked
package io.github.x402sessions.facilitator.deferred;

import org.jspecify.annotations.NullMarked;
