package io.github.x402sessions.spring.actuate;

import java.util.Map;

import io.github.x402sessions.core.facilitator.FacilitatorState;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health by what the facilitators last said of what they support; asks nobody. One that
 * fails, or refuses this server (401 or 403), is down; one that was not heard of yet is
 * unknown.
 */
final class X402HealthIndicator extends AbstractHealthIndicator {

	private final FacilitatorStates states;

	X402HealthIndicator(FacilitatorStates states) {
		super("The health of the x402 facilitators is not known");
		this.states = states;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Map<String, FacilitatorState> states = this.states.all();
		boolean failing = states.values().stream().anyMatch((state) -> state.failure() != null);
		boolean heard = states.values().stream().allMatch((state) -> state.lastSuccess() != null);
		builder.status(failing ? Status.DOWN : heard && !states.isEmpty() ? Status.UP : Status.UNKNOWN);
		states.forEach((name, state) -> builder.withDetail(name, detail(state)));
	}

	private static String detail(FacilitatorState state) {
		if (state.failure() != null) {
			return String.valueOf(state.failure().getMessage());
		}
		return (state.lastSuccess() != null) ? "answered at " + state.lastSuccess() : "not heard of yet";
	}

}
