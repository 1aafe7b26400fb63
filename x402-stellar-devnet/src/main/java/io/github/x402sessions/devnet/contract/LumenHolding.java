package io.github.x402sessions.devnet.contract;

import java.math.BigInteger;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.EntryKey;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.scval.Scv;

/**
 * The lumens of an account. Giving enough to a missing account creates it.
 *
 * @param address the account
 * @param storage where it is kept
 */
record LumenHolding(String address, ContractStorage storage) implements Holding {

	@Override
	public BigInteger balance() {
		return BigInteger.valueOf(required().balance());
	}

	@Override
	public boolean authorized() {
		return true;
	}

	@Override
	public void take(BigInteger amount) {
		Account account = required();
		BigInteger resulting = BigInteger.valueOf(account.balance() - Holding.classic(amount));
		this.storage.write(account.withBalance(Holding.within(account.minimumBalance(), resulting, Long.MAX_VALUE)));
	}

	@Override
	public void give(BigInteger amount) {
		long given = Holding.classic(amount);
		Account account = found();
		if (account != null) {
			BigInteger resulting = BigInteger.valueOf(account.balance()).add(amount);
			this.storage.write(account.withBalance(Holding.within(0, resulting, Long.MAX_VALUE)));
			return;
		}
		if (given < 2 * Account.BASE_RESERVE) {
			throw ContractError.INSUFFICIENT_RESERVE.because("amount is too small to create the account",
					Scv.toAddress(this.address));
		}
		this.storage.write(Account.opened(this.address, given, this.storage.ledger()));
	}

	private Account required() {
		Account account = found();
		if (account == null) {
			throw ContractError.ACCOUNT_MISSING.because("account entry is missing", Scv.toAddress(this.address));
		}
		return account;
	}

	private @Nullable Account found() {
		return (Account) this.storage.read(EntryKey.account(this.address));
	}

}
