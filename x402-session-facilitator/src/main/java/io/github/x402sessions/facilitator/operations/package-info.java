/**
 * What the operator sees of the facilitator: its health and its figures.
 */
@NullMarked
package io.github.x402sessions.facilitator.operations;

import org.jspecify.annotations.NullMarked;
