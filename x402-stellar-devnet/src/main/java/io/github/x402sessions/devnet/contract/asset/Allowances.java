package io.github.x402sessions.devnet.contract.asset;

import java.math.BigInteger;

import io.github.x402sessions.devnet.contract.runtime.ContractError;
import io.github.x402sessions.devnet.contract.runtime.ContractStorage;
import io.github.x402sessions.devnet.ledger.EntryKey;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;

/**
 * The allowances of one asset contract. A new one replaces the old, and each is worth
 * nothing after its last ledger.
 */
final class Allowances {

	private final ContractStorage storage;

	private final String contract;

	Allowances(ContractStorage storage, String contract) {
		this.storage = storage;
		this.contract = contract;
	}

	BigInteger amount(String owner, String spender) {
		AllowanceValue stored = stored(owner, spender);
		return (stored != null && stored.liveUntil() >= this.storage.ledger()) ? stored.amount() : BigInteger.ZERO;
	}

	void approve(String owner, String spender, AllowanceValue allowance) {
		if (allowance.liveUntil() > this.storage.maxLiveUntil()) {
			throw ContractError.ALLOWANCE.because("live_until is greater than max", Scv.toUint32(allowance.liveUntil()),
					Scv.toUint32(ContractStorage.MAX_LIFE));
		}
		if (allowance.amount().signum() > 0 && allowance.liveUntil() < this.storage.ledger()) {
			throw ContractError.ALLOWANCE.because("live_until must be >= ledger sequence",
					Scv.toUint32(allowance.liveUntil()), Scv.toUint32(this.storage.ledger()));
		}
		write(owner, spender, allowance);
	}

	void spend(String owner, String spender, BigInteger amount) {
		BigInteger allowed = amount(owner, spender);
		if (allowed.compareTo(amount) < 0) {
			throw ContractError.ALLOWANCE.because("not enough allowance to spend", Scv.toInt128(allowed),
					Scv.toInt128(amount));
		}
		AllowanceValue stored = stored(owner, spender);
		if (amount.signum() > 0 && stored != null) {
			write(owner, spender, stored.reducedBy(amount));
		}
	}

	private void write(String owner, String spender, AllowanceValue allowance) {
		AllowanceValue old = stored(owner, spender);
		if (old == null && allowance.amount().signum() == 0) {
			return;
		}
		this.storage.write(allowance.toEntry(this.contract, owner, spender));
		long oldLiveUntil = (old != null) ? old.liveUntil() : 0;
		if (allowance.amount().signum() > 0 && oldLiveUntil < allowance.liveUntil()) {
			long life = allowance.liveUntil() - this.storage.ledger();
			this.storage.extend(key(owner, spender), life, life);
		}
	}

	private @Nullable AllowanceValue stored(String owner, String spender) {
		SCVal value = this.storage.readData(key(owner, spender));
		return (value != null) ? AllowanceValue.of(value) : null;
	}

	private EntryKey key(String owner, String spender) {
		return AllowanceValue.NONE.toEntry(this.contract, owner, spender).key();
	}

}
