/**
 * Requests of clients that ask again: what tells one from another, and its answer.
 */
@NullMarked
package io.github.x402sessions.servlet.idempotency;

import org.jspecify.annotations.NullMarked;
