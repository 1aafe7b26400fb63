/**
 * Somebody who pays at a facilitator under load.
 */
@org.jspecify.annotations.NullMarked
package io.github.x402sessions.benchmarks.facilitator;
