/**
 * Redemption of commitments: transactions that pay many of them at once, and what becomes
 * of those that their payer cannot pay.
 *
 * <pre>
 * PeriodicRedemption         when: again and again, and at the end of the process
 *   RedemptionLumens           whether lumens suffice for it
 *   RedemptionRound            who is next: redeem, collect or give up, by RedemptionRules
 *     RedemptionWorkers          one at a time between parties, of all nodes
 *       RedemptionTransactions     how: several commitments in each
 *         PayableCommitments         which of them, by the chain's word (PayerMeans)
 * RedemptionBooks            the steps in the books that all of them share
 * </pre>
 */
@NullMarked
package io.github.x402sessions.facilitator.deferred.redemption;

import org.jspecify.annotations.NullMarked;
