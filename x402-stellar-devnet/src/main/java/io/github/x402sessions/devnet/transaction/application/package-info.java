/**
 * Transactions in a closing ledger: their application, results and metadata. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.transaction.application;

import org.jspecify.annotations.NullMarked;
