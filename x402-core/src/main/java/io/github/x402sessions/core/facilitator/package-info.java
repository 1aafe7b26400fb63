/**
 * The party that verifies and settles payments, as a resource server sees it.
 */
@NullMarked
package io.github.x402sessions.core.facilitator;

import org.jspecify.annotations.NullMarked;
