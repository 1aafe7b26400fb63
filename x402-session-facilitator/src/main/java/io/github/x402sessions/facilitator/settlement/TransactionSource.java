package io.github.x402sessions.facilitator.settlement;

import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.rpc.RpcException;

/**
 * An account that gives transactions their sequence number. The network takes one pending
 * transaction of an account at a time, so only the holder of its {@link SourceLease} may
 * use it, and it needs no other protection.
 */
final class TransactionSource {

	private final String address;

	/** What the chain is known to have used; 0 while it has to be asked. */
	private long used;

	TransactionSource(String address) {
		this.address = address;
	}

	String address() {
		return this.address;
	}

	/**
	 * Return the next sequence number.
	 * @throws RpcException if the chain does not say, or knows no such account
	 */
	long next(Chain chain) {
		if (this.used == 0) {
			this.used = chain.account(this.address)
				.orElseThrow(() -> new RpcException("the account " + this.address + " does not exist", null))
				.sequence();
		}
		return this.used + 1;
	}

	/** The chain has applied a transaction with this number. */
	void used(long sequence) {
		this.used = sequence;
	}

	/** What we know may be wrong. */
	void forget() {
		this.used = 0;
	}

}
