package io.github.x402sessions.devnet.network;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;

import io.github.x402sessions.devnet.contract.asset.AssetHoldings;
import io.github.x402sessions.devnet.contract.authorization.ContractAccount;
import io.github.x402sessions.devnet.contract.runtime.ContractAddress;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.network.state.Genesis;
import io.github.x402sessions.devnet.network.state.NetworkParameters;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.jspecify.annotations.Nullable;

/**
 * Opens contract accounts and gives them USDC, at once and between two ledgers.
 * Thread-safe.
 *
 * @param network the network
 */
public record ContractAccounts(LocalNetwork network) {

	private static final int SALT_BYTES = 32;

	private static final SecureRandom RANDOM = new SecureRandom();

	/**
	 * Opens an account.
	 * @param signers the {@code G…} addresses of the keys, each of which may sign alone
	 * @param spendingLimit base units that no amount may exceed which they sign;
	 * {@code null} for any
	 * @return its {@code C…} address
	 * @throws IllegalArgumentException if there is no signer, or one is no key
	 */
	public String open(List<String> signers, @Nullable BigInteger spendingLimit) {
		if (signers.isEmpty() || !signers.stream().allMatch(Strkeys::isAccount)) {
			throw new IllegalArgumentException("signers must be G… addresses, at least one");
		}
		byte[] salt = new byte[SALT_BYTES];
		RANDOM.nextBytes(salt);
		NetworkParameters parameters = this.network.parameters();
		String address = ContractAddress.of(parameters.networkId(), Genesis.root(parameters).getAccountId(), salt);
		return this.network.changeNow((draft) -> {
			draft.put(new ContractAccount(address, signers, spendingLimit).toEntry(),
					draft.ledger() + Genesis.CONTRACT_LIFE - 1);
			return address;
		});
	}

	/**
	 * Gives USDC to a contract, whether it is an account or not.
	 * @param amount base units
	 * @throws IllegalStateException if it cannot take it
	 */
	public void grant(String address, long amount) {
		this.network.changeNow((draft) -> {
			holdings(draft).give(address, BigInteger.valueOf(amount));
			return address;
		});
	}

	/** The USDC of a contract in base units. */
	public BigInteger balance(String address) {
		long ledger = this.network.latest().sequence();
		return this.network.read((state) -> holdings(new LedgerDraft(state, ledger)).balance(address));
	}

	private AssetHoldings holdings(LedgerDraft draft) {
		return new AssetHoldings(this.network.parameters().usdc(), draft);
	}

}
