/**
 * What is committed, held and lent, in the database.
 */
@NullMarked
package io.github.x402sessions.facilitator.store.jdbc.deferred;

import org.jspecify.annotations.NullMarked;
