package io.github.x402sessions.samples.agent.mcp;

import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.x402sessions.client.discovery.DiscoveryClient;
import io.github.x402sessions.client.discovery.DiscoveryQuery;
import io.github.x402sessions.client.discovery.DiscoveryResults;
import io.github.x402sessions.client.discovery.FoundResource;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.samples.agent.find.FoundEntry;
import io.github.x402sessions.samples.agent.funds.AgentFunds;
import io.github.x402sessions.samples.agent.funds.SpendingPlan;

/**
 * {@code x402_find}: finds what is for sale within the user's limits. The catalogue is
 * the user's choice, and the only server that is asked.
 *
 * @param funds would pay
 * @param catalogue is asked
 */
record FindTool(AgentFunds funds, DiscoveryClient catalogue) implements AgentTool {

	private static final int USUAL = 10;

	private static final int MOST = 20;

	@Override
	public Set<String> arguments() {
		return Set.of("query", "max_price", "type", "limit");
	}

	@Override
	public FindResult call(Arguments arguments) {
		DiscoveryResults results = this.catalogue.search(query(arguments));
		List<FoundEntry> entries = new ArrayList<>();
		try {
			for (FoundResource found : results.toList()) {
				boolean allowed = this.funds.allows(URI.create(found.listing().resource()));
				entries.add(FoundEntry.of(entries.size() + 1, found, this.funds.plan().asset(), allowed));
			}
		}
		catch (FacilitatorException ex) {
			throw new RefusedException(RefusalCode.CATALOGUE_UNAVAILABLE, String.valueOf(ex.getMessage()));
		}
		return new FindResult(entries, results.isPartial());
	}

	/** What could not be paid anyway is not looked for. */
	private DiscoveryQuery query(Arguments arguments) {
		SpendingPlan plan = this.funds.plan();
		BigInteger most = arguments.amount("max_price", plan.asset()).orElse(plan.maxPrice()).min(plan.maxPrice());
		int limit = arguments.number("limit").orElse(USUAL);
		if (limit < 1 || limit > MOST) {
			throw Arguments.invalid("limit has to be 1 to " + MOST);
		}
		try {
			return DiscoveryQuery.of(arguments.required("query"))
				.withType(arguments.text("type").orElse(null))
				.withNetwork(plan.network().id())
				.withSchemes(plan.scheme().schemes().toArray(String[]::new))
				.withMaxPrice(plan.asset().toDecimal(most), plan.asset())
				.withLimit(limit);
		}
		catch (IllegalArgumentException ex) {
			throw Arguments.invalid(String.valueOf(ex.getMessage()));
		}
	}

}
