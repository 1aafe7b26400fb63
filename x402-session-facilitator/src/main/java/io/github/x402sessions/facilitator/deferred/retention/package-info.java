/**
 * Forgetting of what was lent and paid.
 */
@NullMarked
package io.github.x402sessions.facilitator.deferred.retention;

import org.jspecify.annotations.NullMarked;
