/**
 * The delivery of events to webhooks and to the application that a facilitator lives in.
 */
@NullMarked
package io.github.x402sessions.facilitator.event.delivery;

import org.jspecify.annotations.NullMarked;
