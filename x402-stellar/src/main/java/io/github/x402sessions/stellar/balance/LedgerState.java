package io.github.x402sessions.stellar.balance;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.github.x402sessions.stellar.rpc.LedgerEntries;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.xdr.LedgerKeys;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.stellar.sdk.Network;

/**
 * Reads from the ledger what the facilitator decides on. Thread-safe.
 */
public final class LedgerState {

	private final StellarRpc rpc;

	private final Network network;

	private final Tokens tokens;

	/**
	 * Create a reader.
	 * @param rpc the node to ask
	 * @param passphrase the network's passphrase, which every hash covers
	 */
	public LedgerState(StellarRpc rpc, String passphrase) {
		this(rpc, new Network(passphrase));
	}

	private LedgerState(StellarRpc rpc, Network network) {
		this.rpc = rpc;
		this.network = network;
		this.tokens = new Tokens(rpc, network);
	}

	/**
	 * Return a reader of the same network through another node.
	 * @param node the node to ask
	 * @return the reader
	 */
	public LedgerState at(StellarRpc node) {
		return new LedgerState(node, this.network);
	}

	/**
	 * Read an allowance.
	 * @param asset the asset's contract
	 * @param from who lets spend
	 * @param spender who may spend
	 * @return the allowance, with the ledger that the node has read it at
	 * @throws RpcException if the node does not say, or not in terms we know
	 */
	public Allowance allowance(String asset, String from, String spender) {
		AllowanceKey key = new AllowanceKey(asset, from, spender);
		return Objects.requireNonNull(allowances(List.of(key)).get(key));
	}

	/**
	 * Read allowances in one call.
	 * @param wanted their names, at most 200
	 * @return each of them, with the ledger that the node has read it at
	 * @throws RpcException if the node does not say, or not in terms we know
	 */
	public Map<AllowanceKey, Allowance> allowances(Collection<AllowanceKey> wanted) {
		Map<AllowanceKey, String> keys = new LinkedHashMap<>();
		wanted.forEach((key) -> keys.put(key, key.ledgerKey()));
		LedgerEntries entries = this.rpc.entries(keys.values());
		Map<AllowanceKey, Allowance> allowances = new LinkedHashMap<>();
		keys.forEach((key, ledgerKey) -> allowances.put(key, Allowance.read(entries, ledgerKey)));
		return allowances;
	}

	/**
	 * Tell whether a contract is the Stellar Asset Contract of a classic asset.
	 * @param contract the contract's address; one on the operator's list
	 * @return whether it is
	 * @throws RpcException if the node does not say
	 */
	public boolean isStellarAsset(String contract) {
		return token(contract).isPresent();
	}

	/**
	 * Read an account.
	 * @param account the account's address
	 * @return the account, or empty if there is none
	 * @throws RpcException if the node does not say, or not in terms we know
	 */
	public Optional<AccountState> account(String account) {
		return Optional.ofNullable(accounts(List.of(account)).get(account));
	}

	/**
	 * Read accounts in one call.
	 * @param accounts the accounts' addresses, at most 200
	 * @return those that exist
	 * @throws RpcException if the node does not say, or not in terms we know
	 */
	public Map<String, AccountState> accounts(List<String> accounts) {
		List<String> keys = accounts.stream().map((account) -> Xdr.write(LedgerKeys.account(account))).toList();
		LedgerEntries entries = this.rpc.entries(keys);
		Map<String, AccountState> states = new LinkedHashMap<>();
		for (int i = 0; i < keys.size(); i++) {
			String entry = entries.byKey().get(keys.get(i));
			AccountState state = (entry != null) ? AccountState.read(entry, entries.latestLedger()) : null;
			if (entry != null && state == null) {
				throw new RpcException("an account on the ledger cannot be read", null);
			}
			if (state != null) {
				states.put(accounts.get(i), state);
			}
		}
		return states;
	}

	public Optional<Token> token(String contract) {
		return this.tokens.find(contract);
	}

}
