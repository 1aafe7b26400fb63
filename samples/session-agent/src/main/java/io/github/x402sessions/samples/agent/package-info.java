/**
 * A command line agent that opens a payment session and pays for calls with it.
 */
@NullMarked
package io.github.x402sessions.samples.agent;

import org.jspecify.annotations.NullMarked;
