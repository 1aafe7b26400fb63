/**
 * How sessions begin: quotes, proofs of the payer, and approvals that are checked or
 * submitted.
 */
@NullMarked
package io.github.x402sessions.facilitator.session.registration;

import org.jspecify.annotations.NullMarked;
