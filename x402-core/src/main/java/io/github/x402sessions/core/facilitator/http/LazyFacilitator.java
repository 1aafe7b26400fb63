package io.github.x402sessions.core.facilitator.http;

import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.DelegatingFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import org.jspecify.annotations.Nullable;

/**
 * A facilitator that is set up with the first call: an HTTP client takes a tenth of a
 * second, which an application's start need not wait for. Thread-safe.
 */
final class LazyFacilitator extends DelegatingFacilitator {

	private final Supplier<Facilitator> setUp;

	private @Nullable volatile Facilitator facilitator;

	LazyFacilitator(Supplier<Facilitator> setUp) {
		this.setUp = setUp;
	}

	@Override
	protected Facilitator delegate() {
		Facilitator known = this.facilitator;
		return (known != null) ? known : first();
	}

	private synchronized Facilitator first() {
		Facilitator known = this.facilitator;
		if (known == null) {
			known = this.setUp.get();
			this.facilitator = known;
		}
		return known;
	}

}
