/**
 * Payment identifiers and what they have bought, for clients that ask again.
 */
@NullMarked
package io.github.x402sessions.servlet.idempotency;

import org.jspecify.annotations.NullMarked;
