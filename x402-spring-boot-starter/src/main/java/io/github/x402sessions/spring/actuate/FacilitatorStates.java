package io.github.x402sessions.spring.actuate;

import java.util.List;

import io.github.x402sessions.core.facilitator.CompositeFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;

/**
 * The states of those of the application's facilitators that keep one. Asks nobody.
 */
final class FacilitatorStates {

	private final Facilitator facilitator;

	FacilitatorStates(Facilitator facilitator) {
		this.facilitator = facilitator;
	}

	/** Return those that keep a state, in the order that they are asked in. */
	List<RefreshingFacilitator> all() {
		List<Facilitator> known = (this.facilitator instanceof CompositeFacilitator composite) ? composite.delegates()
				: List.of(this.facilitator);
		return known.stream()
			.filter(RefreshingFacilitator.class::isInstance)
			.map(RefreshingFacilitator.class::cast)
			.toList();
	}

}
