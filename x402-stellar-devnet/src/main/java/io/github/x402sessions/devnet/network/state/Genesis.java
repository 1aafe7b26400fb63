package io.github.x402sessions.devnet.network.state;

import io.github.x402sessions.devnet.contract.asset.AssetInstance;
import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.Authority;
import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.ledger.EntryStore;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import org.stellar.sdk.KeyPair;

/**
 * The first ledger: the root account with all lumens, the USDC issuer, and the asset
 * contracts of both.
 */
public final class Genesis {

	static final long SEQUENCE = 1;

	/** The life, in ledgers, of a contract that comes with the network. */
	public static final long CONTRACT_LIFE = 3_110_400;

	private static final long ISSUER_BALANCE = 1_000_000_000;

	private Genesis() {
	}

	/** The account that owns all lumens, by its key that everybody can know. */
	public static KeyPair root(NetworkParameters parameters) {
		return KeyPair.fromSecretSeed(parameters.networkId());
	}

	static EntryStore state(NetworkParameters parameters) {
		EntryStore state = new EntryStore();
		LedgerDraft draft = new LedgerDraft(state, SEQUENCE);
		draft.put(new Account(root(parameters).getAccountId(), ClosedLedger.TOTAL_COINS, 0, 0, Authority.MASTER_ONLY,
				null, ""));
		draft.put(Account.opened(parameters.usdcIssuer(), ISSUER_BALANCE, SEQUENCE));
		for (AssetInstance contract : new AssetInstance[] { parameters.lumens(), parameters.usdc() }) {
			draft.put(contract.toEntry(), SEQUENCE + CONTRACT_LIFE - 1);
		}
		draft.commitTo(state);
		return state;
	}

}
