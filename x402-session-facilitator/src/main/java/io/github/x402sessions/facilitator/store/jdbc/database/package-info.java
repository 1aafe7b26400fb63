/**
 * The database itself: its pool, its dialect and migrations, the statuses that its
 * indexes go by, its clock, and how a statement or a unit of work is run that somebody
 * else's lock holds up.
 */
@NullMarked
package io.github.x402sessions.facilitator.store.jdbc.database;

import org.jspecify.annotations.NullMarked;
