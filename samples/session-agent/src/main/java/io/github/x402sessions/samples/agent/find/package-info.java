/**
 * What is for sale, by a facilitator's catalogue: how it is shown, kept for the next
 * command, and asked for.
 */
@NullMarked
package io.github.x402sessions.samples.agent.find;

import org.jspecify.annotations.NullMarked;
