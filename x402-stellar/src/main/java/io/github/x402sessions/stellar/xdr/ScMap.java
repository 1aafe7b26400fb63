package io.github.x402sessions.stellar.xdr;

import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCMap;
import org.stellar.sdk.xdr.SCMapEntry;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;

/**
 * Looks values up in a contract's map by their symbol.
 */
public final class ScMap {

	private ScMap() {
	}

	public static SCVal get(SCMap map, String symbol) {
		for (SCMapEntry entry : map.getSCMap()) {
			SCVal key = entry.getKey();
			if (key.getDiscriminant() == SCValType.SCV_SYMBOL && Scv.fromSymbol(key).equals(symbol)) {
				return entry.getVal();
			}
		}
		throw new IllegalArgumentException("the map has no '" + symbol + "'");
	}

}
