/**
 * The JSON-RPC calls of a Stellar node, free of SDK types: one node or several that stand
 * in for each other.
 */
@NullMarked
package io.github.x402sessions.stellar.rpc;

import org.jspecify.annotations.NullMarked;
