/**
 * Hashes that all modules make alike.
 */
@NullMarked
package io.github.x402sessions.core.hash;

import org.jspecify.annotations.NullMarked;
