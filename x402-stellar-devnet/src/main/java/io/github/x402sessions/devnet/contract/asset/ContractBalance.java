package io.github.x402sessions.devnet.contract.asset;

import java.math.BigInteger;
import java.util.LinkedHashMap;

import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCMapEntry;
import org.stellar.sdk.xdr.SCVal;

/**
 * The entry that an asset contract keeps for the balance of another contract.
 *
 * @param amount base units
 * @param authorized whether the issuer lets it move the asset
 * @param clawback whether the issuer may take the asset back
 */
record ContractBalance(BigInteger amount, boolean authorized, boolean clawback) {

	static ContractBalance of(SCVal value) {
		SCMapEntry[] fields = value.getMap().getSCMap();
		return new ContractBalance(Scv.fromInt128(fields[0].getVal()), fields[1].getVal().getB(),
				fields[2].getVal().getB());
	}

	ContractBalance withAmount(BigInteger amount) {
		return new ContractBalance(amount, this.authorized, this.clawback);
	}

	ContractBalance withAuthorized(boolean authorized) {
		return new ContractBalance(this.amount, authorized, this.clawback);
	}

	SCVal toScVal() {
		LinkedHashMap<SCVal, SCVal> value = new LinkedHashMap<>();
		value.put(Scv.toSymbol("amount"), Scv.toInt128(this.amount));
		value.put(Scv.toSymbol("authorized"), Scv.toBoolean(this.authorized));
		value.put(Scv.toSymbol("clawback"), Scv.toBoolean(this.clawback));
		return Scv.toMap(value);
	}

}
