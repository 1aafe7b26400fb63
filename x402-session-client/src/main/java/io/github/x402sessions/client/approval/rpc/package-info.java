/**
 * A Stellar RPC server as this module asks it, over JSON-RPC. Internal to this module.
 */
@NullMarked
package io.github.x402sessions.client.approval.rpc;

import org.jspecify.annotations.NullMarked;
