/**
 * The catalogue of what settled payments carried: who is listed, and how it is found.
 */
@NullMarked
package io.github.x402sessions.facilitator.discovery;

import org.jspecify.annotations.NullMarked;
