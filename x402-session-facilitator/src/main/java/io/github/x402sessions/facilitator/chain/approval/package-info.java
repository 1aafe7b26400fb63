/**
 * Approvals, by which payers let the facilitator spend: their transactions, signatures
 * and fees.
 */
@NullMarked
package io.github.x402sessions.facilitator.chain.approval;

import org.jspecify.annotations.NullMarked;
