/**
 * The store in a JDBC database: every SQL statement of the facilitator stands here and in
 * the packages below, each of which is for one of those that ask.
 */
@NullMarked
package io.github.x402sessions.facilitator.store.jdbc;

import org.jspecify.annotations.NullMarked;
