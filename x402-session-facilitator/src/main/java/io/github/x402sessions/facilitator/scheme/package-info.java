/**
 * The payment schemes, each of which is a facilitator of its own kinds, and what they
 * have in common. A scheme is added as a package below this one.
 */
@NullMarked
package io.github.x402sessions.facilitator.scheme;

import org.jspecify.annotations.NullMarked;
