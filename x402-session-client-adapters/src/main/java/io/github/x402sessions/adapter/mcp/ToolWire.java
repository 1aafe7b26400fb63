package io.github.x402sessions.adapter.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import reactor.core.publisher.Mono;

/**
 * The way of an exchange to its server, and to whoever waits for its answer.
 */
interface ToolWire {

	/** Send a request to the server, in the caller's context. */
	Mono<Void> send(McpSchema.JSONRPCRequest request);

	/** Give the caller an answer. */
	void deliver(McpSchema.JSONRPCResponse response);

	/** An id for a request that is not the caller's, answers to which are its own. */
	Object newId(ToolExchange exchange);

	/** Take in no more answers for it. */
	void forget(ToolExchange exchange);

}
