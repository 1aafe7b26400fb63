/**
 * Calls of priced routes that cost nothing: for some callers, or some times a day.
 */
@NullMarked
package io.github.x402sessions.spring.free;

import org.jspecify.annotations.NullMarked;
