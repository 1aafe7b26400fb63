package io.github.x402sessions.client.approval;

import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.ChainException;

/**
 * Reads what a transaction must know of the account that sends it.
 */
final class PayerAccount {

	private PayerAccount() {
	}

	/** The sequence number of the account's last transaction. */
	static long sequence(LedgerState ledger, String account) {
		return ledger.account(account)
			.map(AccountState::sequence)
			.orElseThrow(() -> new ChainException(
					"account " + account + " does not exist; it has to be funded with XLM first", null));
	}

}
