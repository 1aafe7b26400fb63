/**
 * Charges for the requests of a reactive application, by one filter in front of its
 * handlers.
 */
@NullMarked
package io.github.x402sessions.webflux;

import org.jspecify.annotations.NullMarked;
