/**
 * Sessions, their sums and what their payers have signed, in the database.
 */
@NullMarked
package io.github.x402sessions.facilitator.store.jdbc.session;

import org.jspecify.annotations.NullMarked;
