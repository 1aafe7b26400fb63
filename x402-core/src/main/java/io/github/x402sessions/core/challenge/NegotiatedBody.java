package io.github.x402sessions.core.challenge;

import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.terms.PricedRoute;

/**
 * The terms as JSON, for programs, or as a {@link ChallengePage} for clients that like
 * HTML better than JSON, which only browsers do. Thread-safe.
 */
public final class NegotiatedBody {

	private final ChallengePage page;

	private final PreparedTerms prepared;

	/**
	 * Create the body.
	 * @param prepared remembers terms as they are sent
	 * @param page how the page looks
	 */
	public NegotiatedBody(PreparedTerms prepared, PayPage page) {
		this.prepared = prepared;
		this.page = new ChallengePage(page);
	}

	/**
	 * Make the body of one answer.
	 * @param method the method of its request; only {@code GET} is paid on the page
	 * @param accepted the {@code Accept} header of its request, empty if there is none;
	 * several joined by commas
	 * @param route the route that the request is for
	 * @param required the terms
	 * @return the body
	 */
	public ResponseBody make(String method, String accepted, PricedRoute route, PaymentRequired required) {
		AcceptHeader accept = AcceptHeader.parse(accepted);
		if (accept.quality("text", "html") > accept.quality("application", "json")) {
			return this.page.render(route, required, method.equals("GET"));
		}
		return ResponseBody.of("application/json", this.prepared.of(required).json());
	}

}
