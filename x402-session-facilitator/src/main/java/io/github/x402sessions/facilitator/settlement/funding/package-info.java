/**
 * What settlements ask of the scheme that a payment is made by: an order, the account
 * that it draws on, and what becomes of an amount that was set aside.
 */
@NullMarked
package io.github.x402sessions.facilitator.settlement.funding;

import org.jspecify.annotations.NullMarked;
