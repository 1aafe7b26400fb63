/**
 * The network itself: the queue of pending transactions, the closing of ledgers, their
 * timer, and funding. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.network;

import org.jspecify.annotations.NullMarked;
