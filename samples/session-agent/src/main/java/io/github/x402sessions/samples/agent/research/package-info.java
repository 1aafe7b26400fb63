/**
 * The research run: several sources, each of them read for a price, and a bill.
 */
@NullMarked
package io.github.x402sessions.samples.agent.research;

import org.jspecify.annotations.NullMarked;
