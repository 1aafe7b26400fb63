/**
 * Answers of paid exchanges, which are held until they are settled.
 */
@NullMarked
package io.github.x402sessions.webflux.hold;

import org.jspecify.annotations.NullMarked;
