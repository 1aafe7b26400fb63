package io.github.x402sessions.facilitator.store.jdbc.settlement;

/**
 * The column of a settlement that has the name of its account. Sessions are rows of their
 * own, which the one that is for them refers to; whose name begins with a scheme's and a
 * colon is in the other one.
 */
final class AccountColumn {

	private AccountColumn() {
	}

	static String of(String account) {
		return (account.indexOf(':') < 0) ? "session_id" : "account";
	}

}
