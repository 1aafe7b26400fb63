/**
 * Charges for servlet requests: start at
 * {@link io.github.x402sessions.servlet.PaymentFilter}.
 */
@NullMarked
package io.github.x402sessions.servlet;

import org.jspecify.annotations.NullMarked;
