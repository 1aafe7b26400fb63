/**
 * What the payment schemes are to a server: one type for each.
 */
@NullMarked
package io.github.x402sessions.core.scheme;

import org.jspecify.annotations.NullMarked;
