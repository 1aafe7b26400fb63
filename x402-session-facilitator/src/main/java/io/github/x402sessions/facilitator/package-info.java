/**
 * The session facilitator: its configuration, its start and how it is embedded.
 */
@NullMarked
package io.github.x402sessions.facilitator;

import org.jspecify.annotations.NullMarked;
