package io.github.x402sessions.facilitator.chain;

import io.github.x402sessions.facilitator.limit.LimitUses;
import io.github.x402sessions.facilitator.limit.PeriodLimit;
import io.github.x402sessions.facilitator.limit.SharedLimit;
import io.github.x402sessions.facilitator.store.Turns;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.stellar.approval.SponsorshipBudget;

/**
 * The budget of a facilitator for other people's fees in a day: so much in all, and so
 * many approves of one payer. Counted by what is bid, which is more than what is charged,
 * once for each approve, by all nodes together. Thread-safe.
 */
final class DailySponsorshipBudget implements SponsorshipBudget {

	private static final String EVERYBODY = "all";

	private final SharedLimit approves;

	private final SharedLimit ofPayer;

	private final SharedLimit ofAll;

	private final UnitOfWork unitOfWork;

	private final Turns turns = new Turns();

	/**
	 * Create a budget.
	 * @param stroops the most that is bid in a day, positive
	 * @param perPayer how many approves of one payer in a day, positive
	 * @param unitOfWork runs steps that belong together
	 * @param uses where everything is counted
	 */
	DailySponsorshipBudget(long stroops, long perPayer, UnitOfWork unitOfWork, LimitUses uses) {
		this.approves = new SharedLimit(PeriodLimit.perDay("approve", 1), uses);
		this.ofPayer = new SharedLimit(PeriodLimit.perDay("approves-of-payer", perPayer), uses);
		this.ofAll = new SharedLimit(PeriodLimit.perDay("approve-fees", stroops), uses);
		this.unitOfWork = unitOfWork;
	}

	/**
	 * All three are counted or none, and in this order on every node: the one that all
	 * share comes last and is held for the shortest time. Of one node one at a time waits
	 * for it with a connection.
	 */
	@Override
	public boolean take(String payer, String approve, long stroops) {
		return this.turns.take(EVERYBODY, () -> this.unitOfWork.runIf(
				() -> !this.approves.take(approve) || (this.ofPayer.take(payer) && this.ofAll.take(EVERYBODY, stroops)),
				(fits) -> fits));
	}

}
