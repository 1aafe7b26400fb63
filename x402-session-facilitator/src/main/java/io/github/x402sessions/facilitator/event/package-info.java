/**
 * Events of the books, as whoever is told of them sees them.
 */
@NullMarked
package io.github.x402sessions.facilitator.event;

import org.jspecify.annotations.NullMarked;
