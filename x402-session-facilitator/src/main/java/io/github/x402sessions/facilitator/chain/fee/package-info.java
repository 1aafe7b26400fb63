/**
 * What transactions cost, and how accounts of ours are funded.
 */
@NullMarked
package io.github.x402sessions.facilitator.chain.fee;

import org.jspecify.annotations.NullMarked;
