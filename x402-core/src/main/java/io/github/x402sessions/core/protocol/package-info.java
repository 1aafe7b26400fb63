/**
 * The messages of x402 version 2 and how they travel in HTTP headers.
 */
@NullMarked
package io.github.x402sessions.core.protocol;

import org.jspecify.annotations.NullMarked;
