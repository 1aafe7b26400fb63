/**
 * HTTP endpoints: JSON-RPC, friendbot, faucet and administration over the JDK's HTTP
 * server. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.http;

import org.jspecify.annotations.NullMarked;
