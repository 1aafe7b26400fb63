/**
 * The JSON-RPC methods of a Stellar RPC server over the local network. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.rpc;

import org.jspecify.annotations.NullMarked;
