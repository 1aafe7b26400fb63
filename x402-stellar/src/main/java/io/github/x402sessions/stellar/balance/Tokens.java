package io.github.x402sessions.stellar.balance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.xdr.LedgerKeys;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Network;

/**
 * Proves contracts to be Stellar Asset Contracts. Such a contract cannot change, so each
 * is proven once. Thread-safe.
 */
final class Tokens {

	private final StellarRpc rpc;

	private final Network network;

	private final Map<String, Token> proven = new ConcurrentHashMap<>();

	Tokens(StellarRpc rpc, Network network) {
		this.rpc = rpc;
		this.network = network;
	}

	/**
	 * Find a token. The caller has checked that the contract is on the operator's list,
	 * which bounds what is remembered.
	 * @throws RpcException if the node does not say
	 */
	Optional<Token> find(String contract) {
		Token known = this.proven.get(contract);
		if (known != null) {
			return Optional.of(known);
		}
		String key = Xdr.write(LedgerKeys.instance(contract));
		String entry = this.rpc.entries(List.of(key)).byKey().get(key);
		@Nullable Token token = (entry != null) ? Token.read(contract, entry, this.network) : null;
		if (token != null) {
			this.proven.put(contract, token);
		}
		return Optional.ofNullable(token);
	}

}
