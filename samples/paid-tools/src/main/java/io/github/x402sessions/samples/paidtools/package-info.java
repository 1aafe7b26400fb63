/**
 * A server whose tools cost, and an agent that pays for them.
 */
@NullMarked
package io.github.x402sessions.samples.paidtools;

import org.jspecify.annotations.NullMarked;
