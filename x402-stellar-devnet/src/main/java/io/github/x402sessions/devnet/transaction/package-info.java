/**
 * Transactions as they are sent and the results that they get. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.transaction;

import org.jspecify.annotations.NullMarked;
