/**
 * What is done again and again.
 */
@NullMarked
package io.github.x402sessions.facilitator.rounds;

import org.jspecify.annotations.NullMarked;
