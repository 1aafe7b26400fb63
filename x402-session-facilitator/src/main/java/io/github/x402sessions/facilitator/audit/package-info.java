/**
 * The audit log: who has changed what, in an order that cannot be changed unseen.
 */
@NullMarked
package io.github.x402sessions.facilitator.audit;

import org.jspecify.annotations.NullMarked;
