/**
 * A ledger and a facilitator in one process, and the default of samples that are given
 * none.
 */
@NullMarked
package io.github.x402sessions.samples.local;

import org.jspecify.annotations.NullMarked;
