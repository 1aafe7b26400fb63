/**
 * Servers, a facilitator and a client for runs under load.
 */
@org.jspecify.annotations.NullMarked
package io.github.x402sessions.benchmarks.load;
