/**
 * The least that it takes to charge.
 */
@NullMarked
package io.github.x402sessions.samples.twolines;

import org.jspecify.annotations.NullMarked;
