package io.github.x402sessions.facilitator.operations;

import io.github.x402sessions.stellar.approval.SponsorshipBudget;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the approves whose fee is to be paid for a payer by what the budget says to
 * them. Thread-safe.
 */
final class MeteredSponsorship implements SponsorshipBudget {

	private final SponsorshipBudget budget;

	private final Counter granted;

	private final Counter refused;

	/**
	 * Create it.
	 * @param budget the budget
	 * @param registry keeps the figures
	 */
	MeteredSponsorship(SponsorshipBudget budget, MeterRegistry registry) {
		this.budget = budget;
		this.granted = counter(registry, "granted");
		this.refused = counter(registry, "refused");
	}

	private static Counter counter(MeterRegistry registry, String outcome) {
		return Counter.builder("x402.facilitator.sponsorships")
			.description("Approves whose fee the budget has paid, or not")
			.tag("outcome", outcome)
			.register(registry);
	}

	@Override
	public boolean take(String payer, String approve, long stroops) {
		boolean taken = this.budget.take(payer, approve, stroops);
		(taken ? this.granted : this.refused).increment();
		return taken;
	}

}
