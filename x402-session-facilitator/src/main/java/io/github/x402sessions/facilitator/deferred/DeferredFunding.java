package io.github.x402sessions.facilitator.deferred;

import io.github.x402sessions.facilitator.settlement.funding.SettlementFunding;

/**
 * Follows up what is lent: what a transaction pays is lent no longer, what it does not
 * pay still is. Thread-safe.
 *
 * @param lending what is lent
 */
public record DeferredFunding(LendingBooks lending) implements SettlementFunding {

	/** A settlement that is RESERVED was never lent. */
	@Override
	public void release(String settlement) {
	}

	/** What is on its way is lent. */
	@Override
	public void carryAll(String transaction) {
	}

	@Override
	public void releaseAll(String transaction) {
	}

	@Override
	public void consumeAll(String transaction) {
		this.lending.confirmed(transaction);
	}

	@Override
	public void lock(String transaction) {
		this.lending.lock(transaction);
	}

	@Override
	public void uncount(String transaction) {
		this.lending.uncount(transaction);
	}

	@Override
	public void recount(String transaction) {
		this.lending.recount(transaction);
	}

	@Override
	public boolean mend(String account) {
		return this.lending.mend(account);
	}

}
