/**
 * The audit log in the database.
 */
@NullMarked
package io.github.x402sessions.facilitator.store.jdbc.audit;

import org.jspecify.annotations.NullMarked;
