/**
 * Helps to test paid endpoints: a {@link io.github.x402sessions.test.ScriptedFacilitator}
 * in place of a real one, and {@link io.github.x402sessions.test.PaymentAssertions
 * assertions} that read payment headers.
 */
@NullMarked
package io.github.x402sessions.test;

import org.jspecify.annotations.NullMarked;
