/**
 * The exact scheme: a payer signs one transfer, and the facilitator sends it and pays its
 * fee. What it asks of the chain is {@code ExactPayments}.
 */
@NullMarked
package io.github.x402sessions.facilitator.scheme.exact;

import org.jspecify.annotations.NullMarked;
