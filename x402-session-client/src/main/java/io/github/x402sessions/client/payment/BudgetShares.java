package io.github.x402sessions.client.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequirements;

/**
 * The shares of one payment in all budgets that it counts in.
 *
 * @param shares one of each budget
 */
record BudgetShares(List<Budget.Share> shares) {

	/**
	 * Take a share of each, or of none, where one does not suffice or is of another
	 * asset.
	 */
	static Optional<BudgetShares> take(List<Budget> budgets, PaymentRequirements accepted) {
		BudgetShares taken = new BudgetShares(new ArrayList<>());
		for (Budget budget : budgets) {
			Optional<Budget.Share> share = budget.take(accepted);
			if (share.isEmpty()) {
				taken.giveBack();
				return Optional.empty();
			}
			taken.shares.add(share.get());
		}
		return Optional.of(taken);
	}

	/** For the same payment, made anew. */
	BudgetShares handedOn() {
		return new BudgetShares(this.shares.stream().map(Budget.Share::handedOn).toList());
	}

	/** For a payment whose amount is only set aside. */
	void hold(PaymentIdentifier payment) {
		this.shares.forEach((share) -> share.hold(payment));
	}

	/** For a payment that never left this machine. */
	void giveBack() {
		this.shares.forEach(Budget.Share::giveBack);
	}

}
