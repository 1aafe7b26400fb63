/**
 * Answers to clients of a reactive server, in a handler's place.
 */
@NullMarked
package io.github.x402sessions.webflux.answer;

import org.jspecify.annotations.NullMarked;
