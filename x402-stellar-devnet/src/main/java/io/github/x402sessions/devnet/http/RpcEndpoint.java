package io.github.x402sessions.devnet.http;

import java.util.Map;

import io.github.x402sessions.devnet.fault.plan.FaultPlan;
import io.github.x402sessions.devnet.rpc.JsonRpcDispatcher;

/**
 * JSON-RPC by {@code POST}.
 *
 * @param rpc answers the calls
 * @param faults what is to go wrong
 */
record RpcEndpoint(JsonRpcDispatcher rpc, FaultPlan faults) implements Endpoint {

	@Override
	public EndpointResponse answer(EndpointRequest request) throws InterruptedException {
		if (!request.method().equals("POST")) {
			return EndpointResponse.problem(405, "Method Not Allowed", Map.of("detail", "JSON-RPC is spoken by POST"));
		}
		int failure = this.faults.takeFailure();
		EndpointResponse reply = (failure != 0)
				? EndpointResponse.problem(failure, "Fault", Map.of("detail", "a fault on demand"))
				: EndpointResponse.json(this.rpc.answer(request.body()));
		Thread.sleep(this.faults.delay().toMillis());
		return reply;
	}

}
