/**
 * Calls to a facilitator over HTTP: start at
 * {@link io.github.x402sessions.core.facilitator.http.FacilitatorOptions}.
 */
@NullMarked
package io.github.x402sessions.core.facilitator.http;

import org.jspecify.annotations.NullMarked;
