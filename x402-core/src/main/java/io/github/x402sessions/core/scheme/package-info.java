/**
 * The payment schemes, as far as a server knows them: one type for each.
 */
@NullMarked
package io.github.x402sessions.core.scheme;

import org.jspecify.annotations.NullMarked;
