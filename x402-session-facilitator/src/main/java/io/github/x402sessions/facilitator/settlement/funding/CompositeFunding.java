package io.github.x402sessions.facilitator.settlement.funding;

import java.util.List;

/**
 * The fundings of all schemes, each of which follows up its own accounts. Thread-safe.
 *
 * @param fundings one for each scheme that keeps sums
 */
public record CompositeFunding(List<SettlementFunding> fundings) implements SettlementFunding {

	@Override
	public void release(String settlement) {
		this.fundings.forEach((funding) -> funding.release(settlement));
	}

	@Override
	public void carryAll(String transaction) {
		this.fundings.forEach((funding) -> funding.carryAll(transaction));
	}

	@Override
	public void releaseAll(String transaction) {
		this.fundings.forEach((funding) -> funding.releaseAll(transaction));
	}

	@Override
	public void consumeAll(String transaction) {
		this.fundings.forEach((funding) -> funding.consumeAll(transaction));
	}

	@Override
	public void lock(String transaction) {
		this.fundings.forEach((funding) -> funding.lock(transaction));
	}

	@Override
	public void uncount(String transaction) {
		this.fundings.forEach((funding) -> funding.uncount(transaction));
	}

	@Override
	public void recount(String transaction) {
		this.fundings.forEach((funding) -> funding.recount(transaction));
	}

	@Override
	public boolean mend(String account) {
		boolean wrong = false;
		for (SettlementFunding funding : this.fundings) {
			wrong |= funding.mend(account);
		}
		return wrong;
	}

}
