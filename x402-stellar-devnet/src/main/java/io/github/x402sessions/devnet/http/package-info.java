/**
 * The doors: JSON-RPC, friendbot and faucet over the JDK's HTTP server. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.http;

import org.jspecify.annotations.NullMarked;
