/**
 * The {@code payment-identifier} extension: a payment that is sent again is charged once.
 */
@NullMarked
package io.github.x402sessions.core.idempotency;

import org.jspecify.annotations.NullMarked;
