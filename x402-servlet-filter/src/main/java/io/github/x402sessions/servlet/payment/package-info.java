/**
 * The payment of a request, and listeners to paid requests.
 */
@NullMarked
package io.github.x402sessions.servlet.payment;

import org.jspecify.annotations.NullMarked;
