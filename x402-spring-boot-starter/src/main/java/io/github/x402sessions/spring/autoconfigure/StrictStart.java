package io.github.x402sessions.spring.autoconfigure;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.UnpayableRouteException;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.route.KnownPrices;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Fails the start of the application if one of its routes could not be paid. Runs before
 * the web server takes requests, when all prices are known.
 */
final class StrictStart implements SmartLifecycle {

	private final PaymentGate gate;

	private final ObjectProvider<PriceList> pricing;

	private boolean running;

	private final Facilitator facilitator;

	StrictStart(Facilitator facilitator, PaymentGate gate, ObjectProvider<PriceList> pricing) {
		this.facilitator = facilitator;
		this.gate = gate;
		this.pricing = pricing;
	}

	@Override
	public void start() {
		try {
			KnownPrices prices = KnownPrices.of(this.pricing);
			this.gate.requireSupport(prices.fixed());
			this.gate.requireKinds(prices.perRequest());
		}
		catch (UnpayableRouteException ex) {
			throw failure(String.valueOf(ex.getMessage()));
		}
		this.running = true;
	}

	/** What helps against a facilitator that is silent does not against a wrong one. */
	private InvalidX402ConfigurationException failure(String problem) {
		String otherwise = ", or x402.facilitator.strict-start to false to start without.";
		try {
			this.facilitator.supported();
			return new InvalidX402ConfigurationException("x402.facilitator", problem,
					"Set x402.facilitator.url to a facilitator that supports x402.scheme on x402.network and takes "
							+ "the route's asset and price" + otherwise);
		}
		catch (FacilitatorAccessException ex) {
			return new InvalidX402ConfigurationException("x402.facilitator", problem,
					"Set x402.facilitator.authorization to what the facilitator knows this server by" + otherwise);
		}
		catch (FacilitatorException ex) {
			return new InvalidX402ConfigurationException("x402.facilitator", problem,
					"Set x402.facilitator.url to a facilitator that can be reached from here" + otherwise);
		}
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
