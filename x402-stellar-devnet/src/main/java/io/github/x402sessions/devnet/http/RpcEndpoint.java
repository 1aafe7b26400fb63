package io.github.x402sessions.devnet.http;

import java.util.Map;

import io.github.x402sessions.devnet.rpc.JsonRpc;

/**
 * JSON-RPC by {@code POST}.
 *
 * @param rpc answers the calls
 */
record RpcEndpoint(JsonRpc rpc) implements Endpoint {

	@Override
	public Reply answer(Request request) {
		if (!request.method().equals("POST")) {
			return Reply.problem(405, "Method Not Allowed", Map.of("detail", "JSON-RPC is spoken by POST"));
		}
		return Reply.json(this.rpc.answer(request.body()));
	}

}
