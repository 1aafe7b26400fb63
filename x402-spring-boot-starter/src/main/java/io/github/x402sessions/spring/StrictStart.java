package io.github.x402sessions.spring;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.UnpayableRouteException;
import io.github.x402sessions.servlet.RoutePricing;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Fails the start of the application if one of its routes could not be paid. Runs before
 * the web server takes requests, when all prices are known.
 */
final class StrictStart implements SmartLifecycle {

	private final PaymentGate gate;

	private final ObjectProvider<RoutePricing> pricing;

	private boolean running;

	StrictStart(PaymentGate gate, ObjectProvider<RoutePricing> pricing) {
		this.gate = gate;
		this.pricing = pricing;
	}

	@Override
	public void start() {
		try {
			this.gate
				.requireSupport(this.pricing.orderedStream().flatMap((prices) -> prices.routes().stream()).toList());
		}
		catch (UnpayableRouteException ex) {
			throw new InvalidX402ConfigurationException("x402.facilitator", String.valueOf(ex.getMessage()),
					"Set x402.facilitator.url to a facilitator that supports x402.scheme on x402.network, or "
							+ "x402.facilitator.strict-start to false to start without.");
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return 0;
	}

}
