/**
 * The extension {@code bazaar} of x402, as every side knows it: the declaration that a
 * server makes of what it sells, which a payment carries to the facilitator, and what a
 * facilitator's catalogue answers.
 */
@NullMarked
package io.github.x402sessions.core.bazaar;

import org.jspecify.annotations.NullMarked;
