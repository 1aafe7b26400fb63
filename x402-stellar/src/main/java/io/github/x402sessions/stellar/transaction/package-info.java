/**
 * Transactions before and after they are signed.
 */
@NullMarked
package io.github.x402sessions.stellar.transaction;

import org.jspecify.annotations.NullMarked;
