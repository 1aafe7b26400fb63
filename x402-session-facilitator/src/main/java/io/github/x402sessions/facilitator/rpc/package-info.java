/**
 * The JSON-RPC calls of a Stellar node that the facilitator needs, free of SDK types.
 */
@NullMarked
package io.github.x402sessions.facilitator.rpc;

import org.jspecify.annotations.NullMarked;
