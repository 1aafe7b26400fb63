/**
 * What the log is spared.
 */
@NullMarked
package io.github.x402sessions.facilitator.logging;

import org.jspecify.annotations.NullMarked;
