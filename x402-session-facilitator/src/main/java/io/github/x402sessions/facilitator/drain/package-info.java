/**
 * The end of a node's work, before it is stopped.
 */
@NullMarked
package io.github.x402sessions.facilitator.drain;

import org.jspecify.annotations.NullMarked;
