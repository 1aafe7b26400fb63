/**
 * Money of an agent that pays many servers: sessions and {@code exact} within one budget.
 */
@NullMarked
package io.github.x402sessions.samples.agent.funds;

import org.jspecify.annotations.NullMarked;
