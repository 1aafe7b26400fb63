package io.github.x402sessions.devnet.rpc;

/**
 * One JSON-RPC method.
 */
@FunctionalInterface
interface RpcMethod {

	/**
	 * Answers a call with a value that is written as JSON.
	 * @throws JsonRpcException if the call is wrong
	 */
	Object call(Params params);

}
