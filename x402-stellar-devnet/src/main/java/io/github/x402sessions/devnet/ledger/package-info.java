/**
 * The ledger: entries under keys, their lifetimes, drafts of changes and the closed
 * ledgers. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.ledger;

import org.jspecify.annotations.NullMarked;
