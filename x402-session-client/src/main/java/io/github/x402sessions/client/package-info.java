/**
 * Opens a payment session and hands out what pays with it: start at
 * {@link io.github.x402sessions.client.SessionClient}. Calls are paid by
 * {@code client.payment} and, by sessions, {@code client.payment.session}, whose events
 * and receipts a caller sees too; keys are brought through {@code client.signing}; what
 * can go wrong with opening and closing is in {@code client.opening}. Callers whose users
 * sign elsewhere use {@code client.approval} with {@code client.http}. The other packages
 * are internal to this module.
 */
@NullMarked
package io.github.x402sessions.client;

import org.jspecify.annotations.NullMarked;
