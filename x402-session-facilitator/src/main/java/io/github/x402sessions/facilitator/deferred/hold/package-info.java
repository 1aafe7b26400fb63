/**
 * Amounts that are held for streams, which are paid for what they have delivered once
 * they have ended: what becomes of a commitment before it is one.
 */
@NullMarked
package io.github.x402sessions.facilitator.deferred.hold;

import org.jspecify.annotations.NullMarked;
