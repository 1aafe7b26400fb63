/**
 * The verified payment of a request, and listeners to its life.
 */
@NullMarked
package io.github.x402sessions.servlet.payment;

import org.jspecify.annotations.NullMarked;
