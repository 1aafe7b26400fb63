package io.github.x402sessions.test;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.servlet.payment.PaymentListeners;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * Pays for requests of a test just in front of the payment filter: asks that for the
 * price, of which no listener hears, and puts a payment of it into the request.
 * Thread-safe.
 */
final class PayingTestFilter implements Filter {

	private static final int PAYMENT_REQUIRED = 402;

	private final Supplier<Optional<Filter>> payments;

	private final StandingPayment standing;

	/**
	 * Create a filter.
	 * @param payments finds the payment filter, if there is one
	 * @param standing what requests carry that say nothing
	 */
	PayingTestFilter(Supplier<Optional<Filter>> payments, StandingPayment standing) {
		this.payments = payments;
		this.standing = standing;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		PaymentScript script = (request instanceof HttpServletRequest http) ? script(http) : null;
		if (script == null) {
			chain.doFilter(request, response);
			return;
		}
		HttpServletRequest asked = (HttpServletRequest) request;
		String challenge = challenge(asked);
		chain.doFilter((challenge == null) ? new PayingTestRequest(asked, null)
				: new PayingTestRequest(asked, script.pay(TestPayments.challenge(challenge))), response);
	}

	/** Return what is asked for a request, or {@code null} if nothing is. */
	private @Nullable String challenge(HttpServletRequest request) throws IOException, ServletException {
		Filter filter = this.payments.get().orElse(null);
		if (filter == null) {
			return null;
		}
		Set<String> attributes = new HashSet<>(Collections.list(request.getAttributeNames()));
		request.setAttribute(PaymentListeners.PRICE_ASKED, true);
		MockHttpServletResponse answer = new MockHttpServletResponse();
		filter.doFilter(PayingTestRequest.bodiless(request), answer, (free, nothing) -> {
		});
		Collections.list(request.getAttributeNames())
			.stream()
			.filter((name) -> !attributes.contains(name))
			.forEach(request::removeAttribute);
		return (answer.getStatus() == PAYMENT_REQUIRED) ? answer.getHeader(PaymentHeader.REQUIRED) : null;
	}

	private @Nullable PaymentScript script(HttpServletRequest request) {
		String own = request.getHeader(PaymentScript.HEADER);
		if (own != null) {
			return PaymentScript.read(own);
		}
		boolean pays = request.getHeader(PaymentHeader.SIGNATURE) != null
				|| request.getHeader(PaymentHeader.LEGACY_SIGNATURE) != null;
		return pays ? null : this.standing.get();
	}

}
