/**
 * Keeps what facilitators support up to date in the background: start at
 * {@link io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator}.
 */
@NullMarked
package io.github.x402sessions.core.facilitator.refresh;

import org.jspecify.annotations.NullMarked;
