/**
 * Classic operations: payments, trustlines, accounts and their options. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.transaction.operation;

import org.jspecify.annotations.NullMarked;
