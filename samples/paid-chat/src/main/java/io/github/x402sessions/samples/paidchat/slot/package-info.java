/**
 * A paid slot machine.
 */
@NullMarked
package io.github.x402sessions.samples.paidchat.slot;

import org.jspecify.annotations.NullMarked;
