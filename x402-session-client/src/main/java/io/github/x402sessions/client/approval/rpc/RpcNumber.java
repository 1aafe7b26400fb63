package io.github.x402sessions.client.approval.rpc;

import io.github.x402sessions.stellar.rpc.ChainException;

/**
 * Reads what some versions of the RPC server write as a number and others as a string.
 */
final class RpcNumber {

	private RpcNumber() {
	}

	/**
	 * Read a number.
	 * @throws ChainException if it is none
	 */
	static long read(String name, Object value) {
		try {
			return Long.parseLong(String.valueOf(value));
		}
		catch (NumberFormatException ex) {
			throw new ChainException("the RPC server answered with '" + name + "' that is no number", ex);
		}
	}

}
