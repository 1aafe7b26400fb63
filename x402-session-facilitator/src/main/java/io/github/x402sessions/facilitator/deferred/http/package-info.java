/**
 * Commitments and the books of recipients as they are shown.
 */
@NullMarked
package io.github.x402sessions.facilitator.deferred.http;

import org.jspecify.annotations.NullMarked;
