package io.github.x402sessions.devnet.contract.asset;

import java.math.BigInteger;
import java.util.List;

import io.github.x402sessions.devnet.contract.runtime.ContractError;
import io.github.x402sessions.devnet.contract.runtime.ContractStorage;
import io.github.x402sessions.devnet.ledger.Authority;
import io.github.x402sessions.devnet.ledger.ContractData;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.SCVal;

/**
 * The balance that the asset contract keeps for another contract.
 *
 * @param address the other contract
 * @param asset the asset contract
 * @param storage where the balance is kept
 */
record ContractHolding(String address, AssetInstance asset, ContractStorage storage) implements Holding {

	private static final long DAY = 17_280;

	@Override
	public BigInteger balance() {
		ContractBalance stored = stored();
		if (stored == null) {
			return BigInteger.ZERO;
		}
		this.storage.extend(entry(stored).key(), 29 * DAY, 30 * DAY);
		return stored.amount();
	}

	@Override
	public boolean authorized() {
		ContractBalance stored = stored();
		return (stored != null) ? stored.authorized() : !this.asset.issuerHas(Authority.REQUIRED, this.storage);
	}

	@Override
	public void authorize(boolean authorized) {
		ContractBalance stored = stored();
		write(((stored != null) ? stored : opened()).withAuthorized(authorized));
	}

	@Override
	public void requireClawback() {
		ContractBalance stored = stored();
		if (stored == null) {
			throw ContractError.BALANCE.because("no balance to clawback");
		}
		if (!stored.clawback()) {
			throw ContractError.BALANCE.because("balance isn't clawbackable");
		}
	}

	@Override
	public void take(BigInteger amount) {
		ContractBalance stored = stored();
		if (stored == null) {
			if (amount.signum() > 0) {
				throw ContractError.BALANCE.because("zero balance is not sufficient to spend", Scv.toInt128(amount));
			}
			return;
		}
		if (stored.amount().compareTo(amount) < 0) {
			throw ContractError.BALANCE.because("balance is not sufficient to spend", stored.toScVal(),
					Scv.toInt128(amount));
		}
		write(stored.withAmount(stored.amount().subtract(amount)));
	}

	@Override
	public void give(BigInteger amount) {
		ContractBalance stored = stored();
		ContractBalance old = (stored != null) ? stored : opened();
		BigInteger resulting = old.amount().add(amount);
		if (resulting.bitLength() > 127) {
			throw ContractError.OVERFLOW.because("balance overflow in receive_balance");
		}
		write(old.withAmount(resulting));
	}

	/** The balance of a contract before it receives anything. */
	private ContractBalance opened() {
		return new ContractBalance(BigInteger.ZERO, true, this.asset.issuerHas(Authority.CLAWBACK, this.storage));
	}

	private void write(ContractBalance balance) {
		ContractData entry = entry(balance);
		this.storage.write(entry);
		this.storage.extend(entry.key(), 29 * DAY, 30 * DAY);
	}

	private @Nullable ContractBalance stored() {
		SCVal value = this.storage.readData(entry(new ContractBalance(BigInteger.ZERO, true, false)).key());
		return (value != null) ? ContractBalance.of(value) : null;
	}

	private ContractData entry(ContractBalance balance) {
		SCVal name = Scv.toVec(List.of(Scv.toSymbol("Balance"), Scv.toAddress(this.address)));
		return new ContractData(this.asset.contract(), name, ContractDataDurability.PERSISTENT, balance.toScVal());
	}

}
