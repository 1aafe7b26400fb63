/**
 * What the holders of sessions' keys have signed, kept with the settlements for as long
 * as the operator says.
 */
@NullMarked
package io.github.x402sessions.facilitator.session.evidence;

import org.jspecify.annotations.NullMarked;
