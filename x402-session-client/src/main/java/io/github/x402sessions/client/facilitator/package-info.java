/**
 * The client of the facilitator's session endpoints: quotes, registration, state and
 * closing, with their wire records. Internal to this module.
 */
@NullMarked
package io.github.x402sessions.client.facilitator;

import org.jspecify.annotations.NullMarked;
