/**
 * What a request costs inside the process, piece by piece.
 */
@org.jspecify.annotations.NullMarked
package io.github.x402sessions.benchmarks.hot;
