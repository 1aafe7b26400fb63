/**
 * A ledger and a facilitator in one process.
 */
@NullMarked
package io.github.x402sessions.samples.local;

import org.jspecify.annotations.NullMarked;
