/**
 * The keys of the facilitator: those that spend what payers allow, wherever they are
 * kept, and the secrets that everything else follows from.
 */
@NullMarked
package io.github.x402sessions.facilitator.key;

import org.jspecify.annotations.NullMarked;
