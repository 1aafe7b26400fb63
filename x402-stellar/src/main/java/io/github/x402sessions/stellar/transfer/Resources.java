package io.github.x402sessions.stellar.transfer;

import java.util.List;

import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.xdr.ResourceExtension;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.SorobanTransactionData;

/**
 * Ledger entries that a transfer may read and write, and the most that this costs.
 *
 * @param data the resources, the fee for them set
 * @param resourceFee the fee for them, stroops
 * @param archived the places, in the writable footprint, of entries that the transaction
 * restores
 */
public record Resources(SorobanTransactionData data, long resourceFee, List<Integer> archived) {

	/** More than any transfer costs even in a full ledger: 0.1 XLM, stroops. */
	private static final long CEILING = 1_000_000;

	/** Room for prices that rise between the estimate and its use; unused, it returns. */
	private static final long MARGIN_PERCENT = 20;

	/** With that room. */
	static final long DEAREST = CEILING + CEILING * MARGIN_PERCENT / 100;

	/**
	 * Check what a simulation proposes against what a transfer has to touch.
	 * @throws RpcException if it is more than that, or dearer than the ceiling
	 */
	public static Resources check(String transactionData, long minResourceFee, Footprint expected) {
		ResourceExtension read = ResourceExtension.read(transactionData);
		if (read == null) {
			throw new RpcException("the simulated resources cannot be read", null);
		}
		SorobanTransactionData data = read.data();
		if (!expected.covers(data.getResources(), read.archived())) {
			throw new RpcException("the simulation touches entries that the call does not", null);
		}
		long fee = minResourceFee + minResourceFee * MARGIN_PERCENT / 100;
		if (minResourceFee < 0 || minResourceFee > CEILING) {
			throw new RpcException("the simulation asks for more than " + CEILING + " stroops", null);
		}
		data.setResourceFee(new Int64(fee));
		return new Resources(data, fee, read.archived());
	}

}
