package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import io.github.x402sessions.stellar.transfer.Transfers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lumens of the spender and its channels against what redeeming all that is open costs,
 * and as much again for what is committed meanwhile. One thread looks, any may ask.
 */
final class RedemptionLumens {

	private static final Logger logger = LoggerFactory.getLogger(RedemptionLumens.class);

	private static final Duration LOOKED = Duration.ofSeconds(5);

	private static final Duration TRUSTED = Duration.ofMinutes(1);

	private static final int LEAST_TRANSACTIONS = 10;

	private final TransferReadinessReader reader;

	private final ChannelKeys keys;

	private final FeePolicy fees;

	/** Used by the one thread that looks. */
	private long nextLook = System.nanoTime();

	private volatile Found found = new Found(false, System.nanoTime());

	/**
	 * Create them.
	 * @param reader reads accounts
	 * @param keys the spender and its channels
	 * @param fees what transactions bid
	 */
	RedemptionLumens(TransferReadinessReader reader, ChannelKeys keys, FeePolicy fees) {
		this.reader = reader;
		this.keys = keys;
		this.fees = fees;
	}

	/**
	 * Look, if that was not done a moment ago.
	 * @param open how many transactions redeem all that is open
	 */
	void look(int open) {
		if (System.nanoTime() - this.nextLook < 0) {
			return;
		}
		this.nextLook = System.nanoTime() + LOOKED.toNanos();
		try {
			BigInteger lumens = lumens();
			BigInteger wanted = wanted(open);
			boolean enough = lumens.compareTo(wanted) >= 0;
			if (!enough) {
				logger.error("Nothing is committed: {} stroops of {} and its channels do not pay for redeeming what is "
						+ "open, {} are wanted", lumens, this.keys.spender(), wanted);
			}
			this.found = new Found(enough, System.nanoTime());
		}
		catch (RpcException ex) {
			logger.warn("It is not known whether lumens suffice for redeeming: {}", ex.getMessage());
		}
	}

	private BigInteger lumens() {
		Set<String> accounts = new TreeSet<>(this.keys.addresses());
		accounts.add(this.keys.spender());
		return this.reader.lumens(accounts).values().stream().reduce(BigInteger.ZERO, BigInteger::add);
	}

	private BigInteger wanted(int open) {
		return BigInteger.valueOf(this.fees.bid() + Transfers.USUAL_RESOURCE_FEE)
			.multiply(BigInteger.valueOf(2L * open + LEAST_TRANSACTIONS));
	}

	/** Tell whether they suffice; where that is not known, they do not. */
	boolean canRedeem() {
		Found last = this.found;
		return last.enough() && System.nanoTime() - last.at() < TRUSTED.toNanos();
	}

	private record Found(boolean enough, long at) {
	}

}
