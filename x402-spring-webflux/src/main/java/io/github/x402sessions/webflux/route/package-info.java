/**
 * Prices of exchanges, found by what the application would run.
 */
@NullMarked
package io.github.x402sessions.webflux.route;

import org.jspecify.annotations.NullMarked;
