/**
 * Instances of a shop that share their answers and are killed while they are asked.
 */
@NullMarked
package io.github.x402sessions.benchmarks.answers;

import org.jspecify.annotations.NullMarked;
