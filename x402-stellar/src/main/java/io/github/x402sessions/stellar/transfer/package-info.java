/**
 * Transfers between payers and recipients: whether one would succeed, its transaction,
 * and those that the chain has.
 */
@NullMarked
package io.github.x402sessions.stellar.transfer;

import org.jspecify.annotations.NullMarked;
