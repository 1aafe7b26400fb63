package io.github.x402sessions.stellar.balance;

import java.math.BigInteger;

import io.github.x402sessions.stellar.rpc.LedgerEntries;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.xdr.ScMap;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.SCMap;

/**
 * The amount of an asset that a payer still lets the spender take, all sessions together.
 *
 * @param amount base units
 * @param liveUntil the last ledger in which it can be used; 0 if there is none
 * @param ledger the ledger that this was read at
 */
public record Allowance(BigInteger amount, long liveUntil, long ledger) {

	/**
	 * Tell whether an amount could be taken in the next ledger.
	 * @param taken the amount, base units
	 * @return whether the allowance covers it
	 */
	public boolean covers(BigInteger taken) {
		return usable().compareTo(taken) >= 0;
	}

	/**
	 * Return what could be taken in the next ledger, the first that can take anything.
	 * @return base units; zero where its time is over then
	 */
	public BigInteger usable() {
		return (this.liveUntil > this.ledger) ? this.amount : BigInteger.ZERO;
	}

	/**
	 * Read an allowance. It ends with its entry, which is temporary: nothing restores it.
	 * @throws RpcException if it is not in terms we know
	 */
	public static Allowance read(LedgerEntries entries, String key) {
		String entry = entries.byKey().get(key);
		if (entry == null) {
			return new Allowance(BigInteger.ZERO, 0, entries.latestLedger());
		}
		long last = entries.liveUntil().getOrDefault(key, Long.MAX_VALUE);
		Allowance allowance = Xdr.read(entry, (base64) -> {
			SCMap value = LedgerEntry.LedgerEntryData.fromXdrBase64(base64).getContractData().getVal().getMap();
			return new Allowance(Scv.fromInt128(ScMap.get(value, "amount")),
					Math.min(Scv.fromUint32(ScMap.get(value, "live_until_ledger")), last), entries.latestLedger());
		});
		if (allowance == null) {
			throw new RpcException("the allowance on the ledger cannot be read", null);
		}
		return allowance;
	}

}
