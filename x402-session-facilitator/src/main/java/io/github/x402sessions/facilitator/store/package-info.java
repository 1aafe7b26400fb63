/**
 * What the facilitator asks of any store: a unit of work, and who shares the store.
 */
@NullMarked
package io.github.x402sessions.facilitator.store;

import org.jspecify.annotations.NullMarked;
