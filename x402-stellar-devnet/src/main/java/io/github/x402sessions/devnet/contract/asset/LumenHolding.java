package io.github.x402sessions.devnet.contract.asset;

import java.math.BigInteger;

import io.github.x402sessions.devnet.contract.runtime.ContractError;
import io.github.x402sessions.devnet.contract.runtime.ContractStorage;
import io.github.x402sessions.devnet.contract.runtime.HostException;
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

	private static final long MINIMUM = 2 * Account.BASE_RESERVE;

	@Override
	public BigInteger balance() {
		Account account = found();
		if (account == null) {
			throw missing();
		}
		return BigInteger.valueOf(account.balance());
	}

	@Override
	public boolean authorized() {
		return true;
	}

	@Override
	public void authorize(boolean authorized) {
		throw ContractError.OPERATION_NOT_SUPPORTED.because("expected trustline asset");
	}

	@Override
	public void requireClawback() {
		throw ContractError.OPERATION_NOT_SUPPORTED.because("cannot clawback native asset");
	}

	@Override
	public void take(BigInteger amount) {
		change(Holding.spent(amount));
	}

	@Override
	public void give(BigInteger amount) {
		change(Holding.received(amount));
	}

	private void change(BigInteger by) {
		Account account = found();
		if (account != null) {
			BigInteger resulting = BigInteger.valueOf(account.balance()).add(by);
			this.storage
				.write(account.withBalance(Holding.within(account.minimumBalance(), resulting, Long.MAX_VALUE)));
			return;
		}
		if (by.signum() <= 0) {
			throw missing();
		}
		long given = by.longValueExact();
		if (given < MINIMUM) {
			throw ContractError.INSUFFICIENT_RESERVE.because("transfer amount is below minimum balance for new account",
					Scv.toInt64(given), Scv.toInt64(MINIMUM));
		}
		this.storage.write(Account.opened(this.address, given, this.storage.ledger()));
	}

	private HostException missing() {
		return ContractError.ACCOUNT_MISSING.because("account entry is missing", Scv.toAddress(this.address));
	}

	private @Nullable Account found() {
		return (Account) this.storage.read(EntryKey.account(this.address));
	}

}
