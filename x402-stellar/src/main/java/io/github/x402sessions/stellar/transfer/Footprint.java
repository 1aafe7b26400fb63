package io.github.x402sessions.stellar.transfer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.x402sessions.stellar.balance.Balance;
import io.github.x402sessions.stellar.balance.Token;
import io.github.x402sessions.stellar.xdr.LedgerKeys;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SorobanResources;

/**
 * The ledger entries that a call can have reason to touch.
 *
 * @param readOnly those it may read
 * @param readWrite those it may change
 */
public record Footprint(Set<LedgerKey> readOnly, Set<LedgerKey> readWrite) {

	static Footprint of(Token token, Transfer transfer, String spender) {
		Set<LedgerKey> readWrite = new HashSet<>();
		readWrite.add(LedgerKeys.allowance(token.contract(), transfer.from(), spender));
		addHolder(readWrite, token, transfer.from());
		addHolder(readWrite, token, transfer.to());
		Set<LedgerKey> readOnly = new HashSet<>(readWrite);
		readOnly.add(LedgerKeys.instance(token.contract()));
		String issuer = token.issuer();
		if (issuer != null) {
			readOnly.add(LedgerKeys.account(issuer));
		}
		return new Footprint(readOnly, readWrite);
	}

	/** Return the entries that an approval touches. */
	public static Footprint ofApprove(String asset, String from, String spender) {
		return new Footprint(Set.of(LedgerKeys.instance(asset), LedgerKeys.allowance(asset, from, spender)),
				Set.of(LedgerKeys.allowance(asset, from, spender)));
	}

	/** Tell whether resources keep to these entries. */
	public boolean covers(SorobanResources resources) {
		return covers(resources, List.of());
	}

	/**
	 * Tell whether resources keep to these entries. An entry that is only read is written
	 * where it is restored, to the state that it had.
	 * @param archived the places of those that are restored
	 */
	public boolean covers(SorobanResources resources, List<Integer> archived) {
		LedgerKey[] written = resources.getFootprint().getReadWrite();
		for (int i = 0; i < written.length; i++) {
			if (!this.readWrite.contains(written[i]) && !(archived.contains(i) && this.readOnly.contains(written[i]))) {
				return false;
			}
		}
		return this.readOnly.containsAll(List.of(resources.getFootprint().getReadOnly()));
	}

	private static void addHolder(Set<LedgerKey> keys, Token token, String holder) {
		LedgerKey key = Balance.key(token, holder);
		if (key != null) {
			keys.add(key);
		}
	}

}
