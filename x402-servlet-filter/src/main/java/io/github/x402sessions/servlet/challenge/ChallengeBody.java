package io.github.x402sessions.servlet.challenge;

import java.util.Collections;
import java.util.Enumeration;

import io.github.x402sessions.core.challenge.NegotiatedBody;
import io.github.x402sessions.core.challenge.PayPage;
import io.github.x402sessions.core.challenge.PreparedTerms;
import io.github.x402sessions.core.challenge.ResponseBody;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Makes the body of a 402 answer. Status and headers are the filter's: they carry the
 * terms, whatever the body says. Implementations are thread-safe and escape what they
 * take from the request and the facilitator.
 *
 */
@FunctionalInterface
public interface ChallengeBody {

	/**
	 * Make the body.
	 * @param request the request, whose body may have been read
	 * @param route the route that it is for
	 * @param required the terms, with the reason of a refusal in {@code error}
	 * @param failure why the facilitator refused the payment; {@code null} if no payment
	 * came or the facilitator was not asked
	 * @return the body
	 */
	ResponseBody make(HttpServletRequest request, PricedRoute route, PaymentRequired required,
			@Nullable SettleResponse failure);

	/**
	 * Return the body that is made by default: the terms as JSON, or a page for clients
	 * that prefer HTML.
	 * @return the default
	 */
	static ChallengeBody negotiated() {
		return negotiated(new PreparedTerms(), PayPage.PLAIN);
	}

	/**
	 * Return the body that is made by default.
	 * @param prepared remembers terms as they are sent
	 * @param page how the page looks
	 * @return the default
	 */
	static ChallengeBody negotiated(PreparedTerms prepared, PayPage page) {
		NegotiatedBody body = new NegotiatedBody(prepared, page);
		return (request, route, required, failure) -> {
			Enumeration<String> accepted = request.getHeaders("Accept");
			return body.make(request.getMethod(),
					(accepted != null) ? String.join(",", Collections.list(accepted)) : "", route, required);
		};
	}

}
