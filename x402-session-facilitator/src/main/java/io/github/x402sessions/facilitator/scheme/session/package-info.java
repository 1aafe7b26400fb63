/**
 * The session scheme: whether a payment of a session is allowed, what it draws on, and
 * what is answered.
 */
@NullMarked
package io.github.x402sessions.facilitator.scheme.session;

import org.jspecify.annotations.NullMarked;
