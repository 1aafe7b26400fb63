package io.github.x402sessions.servlet;

import java.io.IOException;
import java.util.Objects;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.servlet.route.RoutePricing;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Charges for requests: finds the route's price, asks for a payment where none came, lets
 * verified requests through and settles at the moment when their answer would leave.
 * Nothing of the handler's answer leaves unless it is settled; answers with a status of
 * 400 or more are not charged.
 * <p>
 * Register it for {@code REQUEST} and {@code ASYNC} dispatches with asynchronous
 * operation supported, behind filters that authenticate and in front of those that change
 * the body (compression may stand on either side). Map it to {@code ERROR} dispatches
 * too, so that error pages do not see the payment's headers. A request is priced by its
 * {@code REQUEST} dispatch; what a handler forwards, includes or dispatches to later is
 * its own decision and part of the same payment. Thread-safe.
 *
 * @see #builder(PaymentGate, RoutePricing)
 * @see #init(FilterConfig)
 */
public final class PaymentFilter implements Filter {

	private volatile @Nullable PaymentFlow flow;

	private @Nullable WebXmlSetup setup;

	/**
	 * Create a filter for a container to {@link #init initialise}. In code, use
	 * {@link #builder}.
	 */
	public PaymentFilter() {
	}

	PaymentFilter(PaymentFlow flow) {
		this.flow = flow;
	}

	/**
	 * Start a filter.
	 * @param gate decides and settles
	 * @param pricing tells what a request costs
	 * @return a builder
	 */
	public static PaymentFilterBuilder builder(PaymentGate gate, RoutePricing pricing) {
		return new PaymentFilterBuilder(Objects.requireNonNull(gate, "gate"),
				Objects.requireNonNull(pricing, "pricing"));
	}

	/**
	 * Read the init parameters, if the container has created this filter; the module's
	 * README lists them. A filter that was built in code has no use for them.
	 * @throws ServletException if a parameter is missing or wrong; the message names it
	 */
	@Override
	public void init(FilterConfig config) throws ServletException {
		if (this.flow == null) {
			WebXmlSetup setup = WebXmlSetup.of(config);
			this.setup = setup;
			this.flow = setup.flow();
		}
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		PaymentFlow flow = initialised();
		if (request instanceof HttpServletRequest httpRequest && response instanceof HttpServletResponse httpResponse) {
			flow.run(httpRequest, httpResponse, chain);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private PaymentFlow initialised() {
		PaymentFlow flow = this.flow;
		if (flow == null) {
			throw new IllegalStateException("the PaymentFilter was not initialised by its container");
		}
		return flow;
	}

	/**
	 * Return a filter to stand in front of those that read forms before this one, such as
	 * Spring's for {@code PUT}: where a payer has signed for a body, whoever reads it
	 * leaves it there. Register it for {@code REQUEST} dispatches with asynchronous
	 * operation supported; it is of no use without this one behind it.
	 * @return the filter, which has this one's limits
	 * @throws IllegalStateException if this one was not initialised
	 */
	public Filter inFront() {
		PaymentFlow flow = initialised();
		return (request, response, chain) -> {
			if (request instanceof HttpServletRequest httpRequest
					&& response instanceof HttpServletResponse httpResponse) {
				flow.keepBody(httpRequest, httpResponse, chain);
			}
			else {
				chain.doFilter(request, response);
			}
		};
	}

	/**
	 * End the answers that are charged while they stream: what has left by now is
	 * settled, which is waited for a moment, and nothing more can be charged for them. To
	 * be called when the application stops, while its facilitator can still be called.
	 */
	public void concludeStreams() {
		PaymentFlow flow = this.flow;
		if (flow != null) {
			flow.concludeStreams();
		}
	}

	/**
	 * {@link #concludeStreams() End what streams}, and let go of what {@link #init} has
	 * started. What was built in code is its builder's to close.
	 */
	@Override
	public void destroy() {
		concludeStreams();
		if (this.setup != null) {
			this.setup.close();
		}
	}

}
