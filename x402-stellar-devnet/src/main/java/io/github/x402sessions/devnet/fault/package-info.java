/**
 * Faults on demand, so that clients can be tested against a network that misbehaves.
 */
@NullMarked
package io.github.x402sessions.devnet.fault;

import org.jspecify.annotations.NullMarked;
