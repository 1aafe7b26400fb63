package io.github.x402sessions.servlet.request;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.body.SignedBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request for a priced route and the response that the client gets.
 *
 * @param route the route that the request is for
 * @param request the request
 * @param response the raw response, nothing of which is held
 * @param body the body of a request whose payer has signed for it; {@code null} of others
 */
public record Exchange(PricedRoute route, HttpServletRequest request, HttpServletResponse response,
		@Nullable SignedBody body) {

	/** Begin with a request whose body nobody has signed for. */
	public static Exchange of(PricedRoute route, HttpServletRequest request, HttpServletResponse response) {
		return new Exchange(route, request, response, null);
	}

	/** Go on with a body that was signed for. */
	public Exchange with(SignedBody body) {
		return new Exchange(this.route, this.request, this.response, body);
	}

}
