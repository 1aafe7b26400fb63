/**
 * The network itself: the queue of pending transactions, the closing of ledgers, the
 * clock, and funding. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.network;

import org.jspecify.annotations.NullMarked;
