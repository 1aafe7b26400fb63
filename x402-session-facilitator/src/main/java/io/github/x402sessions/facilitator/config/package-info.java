/**
 * What the operator configures.
 */
@NullMarked
package io.github.x402sessions.facilitator.config;

import org.jspecify.annotations.NullMarked;
