package io.github.x402sessions.devnet.contract.asset;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;

import io.github.x402sessions.devnet.ledger.ContractData;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.SCVal;

/**
 * The amount that a spender may still move for an owner, and its expiry.
 *
 * @param amount base units
 * @param liveUntil the last ledger in which the spender may, inclusive
 */
record AllowanceValue(BigInteger amount, long liveUntil) {

	static final AllowanceValue NONE = new AllowanceValue(BigInteger.ZERO, 0);

	static AllowanceValue of(SCVal value) {
		SCVal amount = value.getMap().getSCMap()[0].getVal();
		SCVal liveUntil = value.getMap().getSCMap()[1].getVal();
		return new AllowanceValue(Scv.fromInt128(amount), Scv.fromUint32(liveUntil));
	}

	AllowanceValue reducedBy(BigInteger spent) {
		return new AllowanceValue(this.amount.subtract(spent), this.liveUntil);
	}

	ContractData toEntry(String contract, String owner, String spender) {
		LinkedHashMap<SCVal, SCVal> parties = new LinkedHashMap<>();
		parties.put(Scv.toSymbol("from"), Scv.toAddress(owner));
		parties.put(Scv.toSymbol("spender"), Scv.toAddress(spender));
		LinkedHashMap<SCVal, SCVal> value = new LinkedHashMap<>();
		value.put(Scv.toSymbol("amount"), Scv.toInt128(this.amount));
		value.put(Scv.toSymbol("live_until_ledger"), Scv.toUint32(this.liveUntil));
		return new ContractData(contract, Scv.toVec(List.of(Scv.toSymbol("Allowance"), Scv.toMap(parties))),
				ContractDataDurability.TEMPORARY, Scv.toMap(value));
	}

}
