package io.github.x402sessions.devnet.contract;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;

import io.github.x402sessions.devnet.ledger.ContractData;
import io.github.x402sessions.devnet.ledger.EntryKey;
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
		SCVal stored = stored();
		if (stored == null) {
			return BigInteger.ZERO;
		}
		this.storage.extend(entry(stored).key(), 29 * DAY, 30 * DAY);
		return amount(stored);
	}

	@Override
	public boolean authorized() {
		SCVal stored = stored();
		return stored == null || stored.getMap().getSCMap()[1].getVal().getB();
	}

	@Override
	public void take(BigInteger amount) {
		SCVal stored = stored();
		BigInteger resulting = ((stored != null) ? amount(stored) : BigInteger.ZERO).subtract(amount);
		if (resulting.signum() < 0) {
			throw ContractError.BALANCE.because((stored != null) ? "balance is not sufficient to spend"
					: "zero balance is not sufficient to spend");
		}
		if (stored != null) {
			write(resulting);
		}
	}

	@Override
	public void give(BigInteger amount) {
		SCVal stored = stored();
		if (stored == null && this.asset.issuer() != null) {
			this.storage.read(EntryKey.account(this.asset.issuer()));
		}
		BigInteger resulting = ((stored != null) ? amount(stored) : BigInteger.ZERO).add(amount);
		if (resulting.bitLength() > 127) {
			throw ContractError.OVERFLOW.because("resulting balance overflow");
		}
		write(resulting);
	}

	private void write(BigInteger amount) {
		LinkedHashMap<SCVal, SCVal> value = new LinkedHashMap<>();
		value.put(Scv.toSymbol("amount"), Scv.toInt128(amount));
		value.put(Scv.toSymbol("authorized"), Scv.toBoolean(true));
		value.put(Scv.toSymbol("clawback"), Scv.toBoolean(false));
		ContractData entry = entry(Scv.toMap(value));
		this.storage.write(entry);
		this.storage.extend(entry.key(), 29 * DAY, 30 * DAY);
	}

	private @Nullable SCVal stored() {
		return this.storage.readData(entry(Scv.toVoid()).key());
	}

	private ContractData entry(SCVal value) {
		SCVal name = Scv.toVec(List.of(Scv.toSymbol("Balance"), Scv.toAddress(this.address)));
		return new ContractData(this.asset.contract(), name, ContractDataDurability.PERSISTENT, value);
	}

	private static BigInteger amount(SCVal stored) {
		return Scv.fromInt128(stored.getMap().getSCMap()[0].getVal());
	}

}
