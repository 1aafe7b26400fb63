/**
 * The facilitator's HTTP face.
 */
@NullMarked
package io.github.x402sessions.facilitator.http;

import org.jspecify.annotations.NullMarked;
