package io.github.x402sessions.spring.actuate;

import java.util.List;
import java.util.stream.Stream;

import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.refresh.FacilitatorState;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health by what the facilitators last said of what they support; asks nobody. It is down
 * if all of them fail or refuse this server (401 or 403), or if a route is left without
 * one that could settle it; any other that fails shows in the details. Before they were
 * heard of, it is unknown.
 */
final class X402HealthIndicator extends AbstractHealthIndicator {

	private final FacilitatorStates states;

	private final List<PriceList> pricing;

	X402HealthIndicator(FacilitatorStates states, List<PriceList> pricing) {
		super("The health of the x402 facilitators is not known");
		this.states = states;
		this.pricing = List.copyOf(pricing);
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		List<RefreshingFacilitator> all = this.states.all();
		List<RefreshingFacilitator> well = all.stream().filter((one) -> one.state().failure() == null).toList();
		builder.status(status(all, well));
		for (int i = 0; i < all.size(); i++) {
			String name = all.get(i).name();
			boolean again = all.subList(0, i).stream().anyMatch((other) -> other.name().equals(name));
			builder.withDetail(again ? name + " #" + (i + 1) : name, detail(all.get(i).state()));
		}
	}

	private Status status(List<RefreshingFacilitator> all, List<RefreshingFacilitator> well) {
		if (well.size() < all.size() && (well.isEmpty() || !routes().allMatch((route) -> isPayable(route, well)))) {
			return Status.DOWN;
		}
		boolean heard = well.stream().allMatch((one) -> one.state().lastSuccess() != null);
		return (heard && !all.isEmpty()) ? Status.UP : Status.UNKNOWN;
	}

	private Stream<PricedRoute> routes() {
		return this.pricing.stream().flatMap((prices) -> prices.routes().stream());
	}

	private static boolean isPayable(PricedRoute route, List<RefreshingFacilitator> well) {
		return route.accepts()
			.stream()
			.anyMatch((terms) -> well.stream().anyMatch((one) -> supports(one, terms.scheme(), terms.network())));
	}

	private static boolean supports(RefreshingFacilitator facilitator, String scheme, String network) {
		try {
			return facilitator.state().lastSuccess() != null && facilitator.find(scheme, network).isPresent();
		}
		catch (FacilitatorException ex) {
			return false;
		}
	}

	private static String detail(FacilitatorState state) {
		if (state.failure() != null) {
			return String.valueOf(state.failure().getMessage());
		}
		return (state.lastSuccess() != null) ? "answered at " + state.lastSuccess() : "not heard of yet";
	}

}
