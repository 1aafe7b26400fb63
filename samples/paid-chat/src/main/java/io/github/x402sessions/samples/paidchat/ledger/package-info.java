/**
 * What the pages show of the ledger.
 */
@NullMarked
package io.github.x402sessions.samples.paidchat.ledger;

import org.jspecify.annotations.NullMarked;
