/**
 * The verified payment of a call, its charge and listeners to its life, whatever the call
 * came by.
 */
@NullMarked
package io.github.x402sessions.core.payment;

import org.jspecify.annotations.NullMarked;
