/**
 * The facilitator's policy: whether a payment is allowed and what is answered.
 */
@NullMarked
package io.github.x402sessions.facilitator.payment;

import org.jspecify.annotations.NullMarked;
