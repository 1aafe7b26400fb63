/**
 * A gateway that charges.
 */
@NullMarked
package io.github.x402sessions.samples.gateway;

import org.jspecify.annotations.NullMarked;
