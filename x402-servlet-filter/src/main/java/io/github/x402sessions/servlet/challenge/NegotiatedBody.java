package io.github.x402sessions.servlet.challenge;

import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The terms as JSON, for programs, or as a {@link ChallengePage} for clients that like
 * HTML better than JSON, which only browsers do.
 */
final class NegotiatedBody implements ChallengeBody {

	private final ChallengePage page = new ChallengePage();

	private final PreparedTerms prepared;

	NegotiatedBody(PreparedTerms prepared) {
		this.prepared = prepared;
	}

	@Override
	public ResponseBody make(HttpServletRequest request, PricedRoute route, PaymentRequired required,
			@Nullable SettleResponse failure) {
		AcceptHeader accept = AcceptHeader.of(request);
		if (accept.quality("text", "html") > accept.quality("application", "json")) {
			return this.page.render(route, required);
		}
		return ResponseBody.of("application/json", this.prepared.of(required).json());
	}

}
