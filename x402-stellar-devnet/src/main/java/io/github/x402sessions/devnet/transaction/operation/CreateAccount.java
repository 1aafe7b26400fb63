package io.github.x402sessions.devnet.transaction.operation;

import java.util.Objects;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.xdr.CreateAccountOp;

/**
 * Opens an account with lumens of the source.
 */
final class CreateAccount {

	private static final int MALFORMED = -1;

	private static final int UNDERFUNDED = -2;

	private static final int LOW_RESERVE = -3;

	private static final int ALREADY_EXIST = -4;

	private CreateAccount() {
	}

	static int check(CreateAccountOp operation, String source) {
		return (operation.getStartingBalance().getInt64() < 0 || Strkeys.of(operation.getDestination()).equals(source))
				? MALFORMED : 0;
	}

	static int apply(CreateAccountOp operation, String source, LedgerDraft draft) {
		String destination = Strkeys.of(operation.getDestination());
		long amount = operation.getStartingBalance().getInt64();
		if (draft.account(destination) != null) {
			return ALREADY_EXIST;
		}
		if (amount < 2 * Account.BASE_RESERVE) {
			return LOW_RESERVE;
		}
		Account payer = Objects.requireNonNull(draft.account(source), "the source was checked");
		if (payer.spendable() < amount) {
			return UNDERFUNDED;
		}
		draft.put(payer.withBalance(payer.balance() - amount));
		draft.put(Account.opened(destination, amount, draft.ledger()));
		return 0;
	}

}
