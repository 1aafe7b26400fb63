package io.github.x402sessions.facilitator.chain;

import java.math.BigInteger;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.SCMap;

/**
 * What a payer still lets the spender take of an asset, all sessions together.
 *
 * @param amount base units
 * @param liveUntil the last ledger in which it can be used; 0 if there is none
 * @param ledger the ledger that this was read at
 */
public record Allowance(BigInteger amount, long liveUntil, long ledger) {

	/** There is none. */
	static Allowance none(long ledger) {
		return new Allowance(BigInteger.ZERO, 0, ledger);
	}

	/**
	 * Tell whether an amount could be taken in the ledger that this was read at.
	 * @param taken the amount, base units
	 * @return whether the allowance covers it
	 */
	public boolean covers(BigInteger taken) {
		return usable().compareTo(taken) >= 0;
	}

	/**
	 * Return what could be taken in the ledger that this was read at.
	 * @return base units; zero where its time is over
	 */
	public BigInteger usable() {
		return (this.liveUntil >= this.ledger) ? this.amount : BigInteger.ZERO;
	}

	static @Nullable Allowance read(String entry, long ledger) {
		return Xdr.read(entry, (base64) -> {
			SCMap value = LedgerEntry.LedgerEntryData.fromXdrBase64(base64).getContractData().getVal().getMap();
			return new Allowance(Scv.fromInt128(ScMap.get(value, "amount")),
					Scv.fromUint32(ScMap.get(value, "live_until_ledger")), ledger);
		});
	}

}
