/**
 * How payers end their sessions.
 */
@NullMarked
package io.github.x402sessions.facilitator.session.closing;

import org.jspecify.annotations.NullMarked;
