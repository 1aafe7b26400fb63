package io.github.x402sessions.devnet.ledger;

import java.util.Arrays;
import java.util.Comparator;

import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SCMapEntry;
import org.stellar.sdk.xdr.SCVal;

/**
 * The order in which the network's host keeps ledger keys and writes footprints. It is
 * that of the values, not of their XDR bytes: texts and lists are compared before their
 * lengths, whole numbers with their signs.
 */
final class KeyOrder implements Comparator<LedgerKey> {

	static final KeyOrder HOST = new KeyOrder();

	private KeyOrder() {
	}

	@Override
	public int compare(LedgerKey a, LedgerKey b) {
		if (a.getDiscriminant() != LedgerEntryType.CONTRACT_DATA || b.getDiscriminant() != a.getDiscriminant()) {
			return bytes(a::toXdrByteArray, b::toXdrByteArray);
		}
		LedgerKey.LedgerKeyContractData first = a.getContractData();
		LedgerKey.LedgerKeyContractData second = b.getContractData();
		int contracts = bytes(first.getContract()::toXdrByteArray, second.getContract()::toXdrByteArray);
		if (contracts != 0) {
			return contracts;
		}
		int names = compare(first.getKey(), second.getKey());
		return (names != 0) ? names : first.getDurability().compareTo(second.getDurability());
	}

	private static int compare(SCVal a, SCVal b) {
		if (a.getDiscriminant() != b.getDiscriminant()) {
			return a.getDiscriminant().compareTo(b.getDiscriminant());
		}
		return switch (a.getDiscriminant()) {
			case SCV_I32 -> a.getI32().getInt32().compareTo(b.getI32().getInt32());
			case SCV_I64 -> a.getI64().getInt64().compareTo(b.getI64().getInt64());
			case SCV_I128 -> Scv.fromInt128(a).compareTo(Scv.fromInt128(b));
			case SCV_I256 -> Scv.fromInt256(a).compareTo(Scv.fromInt256(b));
			case SCV_LEDGER_KEY_NONCE -> Long.compare(Scv.fromLedgerKeyNonce(a), Scv.fromLedgerKeyNonce(b));
			case SCV_BYTES -> Arrays.compareUnsigned(a.getBytes().getSCBytes(), b.getBytes().getSCBytes());
			case SCV_STRING ->
				Arrays.compareUnsigned(a.getStr().getSCString().getBytes(), b.getStr().getSCString().getBytes());
			case SCV_SYMBOL ->
				Arrays.compareUnsigned(a.getSym().getSCSymbol().getBytes(), b.getSym().getSCSymbol().getBytes());
			case SCV_VEC -> Arrays.compare(items(a), items(b), KeyOrder::compare);
			case SCV_MAP -> Arrays.compare(fields(a), fields(b), KeyOrder::compare);
			default -> bytes(a::toXdrByteArray, b::toXdrByteArray);
		};
	}

	/** XDR allows a list that is not there; the host does not make one. */
	private static SCVal[] items(SCVal list) {
		return (list.getVec() != null) ? list.getVec().getSCVec() : new SCVal[0];
	}

	private static SCMapEntry[] fields(SCVal map) {
		return (map.getMap() != null) ? map.getMap().getSCMap() : new SCMapEntry[0];
	}

	private static int compare(SCMapEntry a, SCMapEntry b) {
		int keys = compare(a.getKey(), b.getKey());
		return (keys != 0) ? keys : compare(a.getVal(), b.getVal());
	}

	private static int bytes(XdrCodec.Encoder a, XdrCodec.Encoder b) {
		return Arrays.compareUnsigned(XdrCodec.bytes(a), XdrCodec.bytes(b));
	}

}
