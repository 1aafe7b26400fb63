/**
 * Settlements as their recipients see them, deferred or not: their books, and a page of
 * them.
 */
@NullMarked
package io.github.x402sessions.facilitator.settlement.recipient;

import org.jspecify.annotations.NullMarked;
