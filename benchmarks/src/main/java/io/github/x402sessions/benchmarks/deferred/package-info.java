/**
 * Payers whose calls are committed at once and settled later, under load.
 */
@org.jspecify.annotations.NullMarked
package io.github.x402sessions.benchmarks.deferred;
