/**
 * What differs between the databases that keep the books, and who shares them.
 */
@NullMarked
package io.github.x402sessions.facilitator.store;

import org.jspecify.annotations.NullMarked;
