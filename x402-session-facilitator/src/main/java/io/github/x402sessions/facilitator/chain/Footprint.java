package io.github.x402sessions.facilitator.chain;

import java.util.HashSet;
import java.util.Set;

import org.stellar.sdk.xdr.LedgerKey;

/**
 * The ledger entries that a transfer can have reason to touch.
 *
 * @param readOnly those it may read
 * @param readWrite those it may change
 */
record Footprint(Set<LedgerKey> readOnly, Set<LedgerKey> readWrite) {

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

	/** The issuer's balance is nowhere: it has no trustline to its own asset. */
	private static void addHolder(Set<LedgerKey> keys, Token token, String holder) {
		if (holder.startsWith("C")) {
			keys.add(LedgerKeys.balance(token.contract(), holder));
		}
		else if (token.isNative()) {
			keys.add(LedgerKeys.account(holder));
		}
		else if (!holder.equals(token.issuer())) {
			keys.add(LedgerKeys.trustline(holder, token.asset()));
		}
	}

}
