/**
 * Limits on log lines that repeat.
 */
@NullMarked
package io.github.x402sessions.facilitator.logging;

import org.jspecify.annotations.NullMarked;
