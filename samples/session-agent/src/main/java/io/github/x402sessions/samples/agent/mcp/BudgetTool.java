package io.github.x402sessions.samples.agent.mcp;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.samples.agent.failure.CannotStartException;
import io.github.x402sessions.samples.agent.funds.AgentFunds;
import io.github.x402sessions.samples.agent.funds.SpendingPlan;

/**
 * {@code x402_budget}: tells what may be spent, and what was.
 *
 * @param funds are told of
 */
record BudgetTool(AgentFunds funds) implements AgentTool {

	@Override
	public Set<String> arguments() {
		return Set.of();
	}

	@Override
	public BudgetResult call(Arguments arguments) {
		SpendingPlan plan = this.funds.plan();
		Asset asset = plan.asset();
		return new BudgetResult(asset.symbol(), plan.network().id(), plan.scheme().name().toLowerCase(Locale.ROOT),
				asset.toDecimal(plan.maxPrice()), asset.toDecimal(plan.total()), asset.toDecimal(this.funds.spent()),
				asset.toDecimal(this.funds.perhapsCharged()), asset.toDecimal(this.funds.left()),
				plan.servers().stream().map(URI::toString).toList(), sessions());
	}

	private List<SessionResult> sessions() {
		try {
			return this.funds.sessions().stream().map(SessionResult::of).toList();
		}
		catch (CannotStartException ex) {
			throw new RefusedException(RefusalCode.NO_FUNDS,
					"the sessions that are kept cannot be used: " + ex.getMessage());
		}
	}

}
