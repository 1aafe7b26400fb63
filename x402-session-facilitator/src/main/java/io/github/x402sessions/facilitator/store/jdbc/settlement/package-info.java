/**
 * Settlements, the transactions that carry them and the books of their recipients, in the
 * database.
 */
@NullMarked
package io.github.x402sessions.facilitator.store.jdbc.settlement;

import org.jspecify.annotations.NullMarked;
