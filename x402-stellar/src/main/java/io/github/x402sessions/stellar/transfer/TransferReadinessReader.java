package io.github.x402sessions.stellar.transfer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.stellar.balance.Allowance;
import io.github.x402sessions.stellar.balance.Balance;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.balance.Token;
import io.github.x402sessions.stellar.rpc.LedgerEntries;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.xdr.LedgerKeys;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.LedgerKey;

/**
 * Reads how parties stand, many in one call. Thread-safe.
 */
public final class TransferReadinessReader {

	/** A node answers no more. */
	private static final int MOST_KEYS = 200;

	/** Each pair of parties needs up to 3 keys. */
	public static final int AT_ONCE = 60;

	private final StellarRpc rpc;

	private final LedgerState chain;

	/**
	 * Create a reader.
	 * @param rpc the node to ask
	 * @param chain proves the asset contracts
	 */
	public TransferReadinessReader(StellarRpc rpc, LedgerState chain) {
		this.rpc = rpc;
		this.chain = chain;
	}

	/**
	 * Read how parties stand, at most {@link #AT_ONCE} pairs.
	 * @throws RpcException if the node does not say, or not in terms we know
	 */
	public Map<SpenderParties, TransferReadiness> read(Collection<SpenderParties> pairs) {
		Map<SpenderParties, Keys> keys = new HashMap<>();
		Set<String> wanted = new LinkedHashSet<>();
		for (SpenderParties parties : pairs) {
			Keys named = keys(parties);
			keys.put(parties, named);
			wanted.addAll(named.all());
		}
		LedgerEntries entries = this.rpc.entries(wanted);
		Map<SpenderParties, TransferReadiness> readiness = new HashMap<>();
		keys.forEach((parties, named) -> readiness.put(parties, named.standing(parties.parties(), entries)));
		return readiness;
	}

	/**
	 * Read what somebody holds.
	 * @param asset the asset's contract; one on the operator's list
	 * @param holder the holder's address
	 * @param ledger a ledger that is known to be closed
	 * @return what they hold, or {@code null} if the node lags behind that ledger
	 * @throws RpcException if the node does not say, or not in terms we know
	 */
	public @Nullable Balance holding(String asset, String holder, long ledger) {
		String key = write(Balance.key(token(asset), holder));
		if (key == null) {
			return Balance.unlimited();
		}
		LedgerEntries entries = this.rpc.entries(List.of(key));
		return (entries.latestLedger() < ledger) ? null : Keys.holding(key, holder, entries);
	}

	/**
	 * Tell whether somebody issues an asset: what they pay is made and what they are paid
	 * is gone.
	 * @param asset the asset's contract; one on the operator's list
	 * @param holder the address
	 * @return whether it is the issuer's
	 * @throws RpcException if the node does not say
	 */
	public boolean isIssuer(String asset, String holder) {
		return holder.equals(token(asset).issuer());
	}

	/**
	 * Read the lumens of accounts, of 200 with one call.
	 * @param accounts the accounts' addresses
	 * @return what each that exists can spend, stroops
	 * @throws RpcException if the node does not say, or not in terms we know
	 */
	public Map<String, BigInteger> lumens(Collection<String> accounts) {
		List<String> all = List.copyOf(accounts);
		Map<String, BigInteger> lumens = new HashMap<>();
		for (int first = 0; first < all.size(); first += MOST_KEYS) {
			readLumens(all.subList(first, Math.min(all.size(), first + MOST_KEYS)), lumens);
		}
		return lumens;
	}

	private void readLumens(List<String> accounts, Map<String, BigInteger> lumens) {
		Map<String, String> keys = new HashMap<>();
		accounts.forEach((account) -> keys.put(account, Xdr.write(LedgerKeys.account(account))));
		LedgerEntries entries = this.rpc.entries(keys.values());
		keys.forEach((account, key) -> {
			if (entries.byKey().containsKey(key)) {
				lumens.put(account, Keys.holding(key, account, entries).spendable());
			}
		});
	}

	private Keys keys(SpenderParties pair) {
		Parties parties = pair.parties();
		Token token = token(parties.asset());
		return new Keys(Xdr.write(LedgerKeys.allowance(parties.asset(), parties.from(), pair.spender())),
				write(Balance.key(token, parties.from())), write(Balance.key(token, parties.to())));
	}

	private Token token(String asset) {
		return this.chain.token(asset).orElseThrow(() -> new RpcException("the asset's contract cannot be read", null));
	}

	private static @Nullable String write(@Nullable LedgerKey key) {
		return (key != null) ? Xdr.write(key) : null;
	}

	private record Keys(String allowance, @Nullable String payer, @Nullable String recipient) {

		List<String> all() {
			List<String> all = new ArrayList<>(List.of(this.allowance));
			if (this.payer != null) {
				all.add(this.payer);
			}
			if (this.recipient != null) {
				all.add(this.recipient);
			}
			return all;
		}

		TransferReadiness standing(Parties parties, LedgerEntries entries) {
			return new TransferReadiness(Allowance.read(entries, this.allowance),
					holding(this.payer, parties.from(), entries), holding(this.recipient, parties.to(), entries),
					entries.latestLedger());
		}

		/** One that is archived counts: the transfer restores it. */
		static Balance holding(@Nullable String key, String holder, LedgerEntries entries) {
			if (key == null) {
				return Balance.unlimited();
			}
			String entry = entries.byKey().get(key);
			if (entry == null) {
				return holder.startsWith("C") ? Balance.ofNewContract() : Balance.missing();
			}
			Balance holding = Balance.read(entry);
			if (holding == null) {
				throw new RpcException("an entry on the ledger cannot be read", null);
			}
			return holding;
		}

	}

}
