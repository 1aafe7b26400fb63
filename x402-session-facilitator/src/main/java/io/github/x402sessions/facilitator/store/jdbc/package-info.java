/**
 * The store in a JDBC database: every SQL statement of the facilitator stands here.
 */
@NullMarked
package io.github.x402sessions.facilitator.store.jdbc;

import org.jspecify.annotations.NullMarked;
