/**
 * Channel accounts: the sources of transactions, of which each has at most one on its
 * way. They hold lumens for fees and nothing else, and may spend nobody's money.
 */
@NullMarked
package io.github.x402sessions.facilitator.channel;

import org.jspecify.annotations.NullMarked;
