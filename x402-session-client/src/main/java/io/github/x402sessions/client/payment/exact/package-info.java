/**
 * Paying by the {@code exact} scheme: one signature for each call.
 */
@NullMarked
package io.github.x402sessions.client.payment.exact;

import org.jspecify.annotations.NullMarked;
