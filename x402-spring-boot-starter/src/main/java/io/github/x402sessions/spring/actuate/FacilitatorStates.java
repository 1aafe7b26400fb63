package io.github.x402sessions.spring.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.facilitator.CompositeFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorState;
import io.github.x402sessions.core.facilitator.RefreshingFacilitator;

/**
 * The states of those of the application's facilitators that keep one. Asks nobody.
 */
final class FacilitatorStates {

	private final Facilitator facilitator;

	FacilitatorStates(Facilitator facilitator) {
		this.facilitator = facilitator;
	}

	/** Return the states by the facilitators' names. */
	Map<String, FacilitatorState> all() {
		List<Facilitator> known = (this.facilitator instanceof CompositeFacilitator composite) ? composite.delegates()
				: List.of(this.facilitator);
		Map<String, FacilitatorState> states = new LinkedHashMap<>();
		for (Facilitator one : known) {
			if (one instanceof RefreshingFacilitator refreshing) {
				states.put(refreshing.name(), refreshing.state());
			}
		}
		return states;
	}

}
