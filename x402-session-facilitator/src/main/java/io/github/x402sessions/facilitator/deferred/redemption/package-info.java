/**
 * Redemption of commitments: transactions that pay many of them at once, and what becomes
 * of those that their payer cannot pay.
 */
@NullMarked
package io.github.x402sessions.facilitator.deferred.redemption;

import org.jspecify.annotations.NullMarked;
