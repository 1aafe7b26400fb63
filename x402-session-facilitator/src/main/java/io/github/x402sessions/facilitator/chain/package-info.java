/**
 * The way to the ledger, as it is configured, and what is remembered of its answers.
 */
@NullMarked
package io.github.x402sessions.facilitator.chain;

import org.jspecify.annotations.NullMarked;
