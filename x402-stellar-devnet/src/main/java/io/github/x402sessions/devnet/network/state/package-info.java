/**
 * State of the network: the first ledger, the remembered transactions and the file that
 * keeps them. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.network.state;

import org.jspecify.annotations.NullMarked;
