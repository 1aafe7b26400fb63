/**
 * The facilitator's HTTP endpoints, and who may call them how often.
 */
@NullMarked
package io.github.x402sessions.facilitator.http;

import org.jspecify.annotations.NullMarked;
