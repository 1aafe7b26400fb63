/**
 * Opens a payment session and hands out what pays with it: start at
 * {@link io.github.x402sessions.client.SessionClient}.
 */
@NullMarked
package io.github.x402sessions.client;

import org.jspecify.annotations.NullMarked;
