/**
 * Who may ask the facilitator for what, and how often.
 */
@NullMarked
package io.github.x402sessions.facilitator.access;

import org.jspecify.annotations.NullMarked;
