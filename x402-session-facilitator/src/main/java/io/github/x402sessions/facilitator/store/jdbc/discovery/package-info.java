/**
 * The catalogue in the database, and its search by words in either of the two.
 */
@NullMarked
package io.github.x402sessions.facilitator.store.jdbc.discovery;

import org.jspecify.annotations.NullMarked;
