/**
 * Payment sessions: who may register one, what it may still spend, where it is stored.
 */
@NullMarked
package io.github.x402sessions.facilitator.session;

import org.jspecify.annotations.NullMarked;
