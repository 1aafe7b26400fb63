/**
 * The offer of a URL: its price and recipient, and the request that asks for it.
 */
@NullMarked
package io.github.x402sessions.samples.agent.offer;

import org.jspecify.annotations.NullMarked;
