/**
 * What is used of limits, in the database.
 */
@NullMarked
package io.github.x402sessions.facilitator.store.jdbc.limit;

import org.jspecify.annotations.NullMarked;
