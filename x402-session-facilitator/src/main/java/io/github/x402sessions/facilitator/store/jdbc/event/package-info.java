/**
 * Events in the database.
 */
@NullMarked
package io.github.x402sessions.facilitator.store.jdbc.event;

import org.jspecify.annotations.NullMarked;
