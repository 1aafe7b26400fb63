/**
 * Approvals, by which payers let a spender spend: their transactions, signatures and
 * fees.
 */
@NullMarked
package io.github.x402sessions.stellar.approval;

import org.jspecify.annotations.NullMarked;
