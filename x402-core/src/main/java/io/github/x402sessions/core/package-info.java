/**
 * The base that all modules share: start at
 * {@link io.github.x402sessions.core.gate.PaymentGate}.
 */
@NullMarked
package io.github.x402sessions.core;

import org.jspecify.annotations.NullMarked;
