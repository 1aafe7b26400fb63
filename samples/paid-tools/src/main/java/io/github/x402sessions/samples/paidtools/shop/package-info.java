/**
 * The server: what it knows of the sun, and what that costs.
 */
@NullMarked
package io.github.x402sessions.samples.paidtools.shop;

import org.jspecify.annotations.NullMarked;
