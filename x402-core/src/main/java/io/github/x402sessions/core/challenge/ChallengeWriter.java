package io.github.x402sessions.core.challenge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;

/**
 * Answers 402 with the terms in the {@code PAYMENT-REQUIRED} header and a
 * {@link TermsBody}. Terms that the server could not send become a problem instead.
 */
final class ChallengeWriter {

	private static final int PAYMENT_REQUIRED = 402;

	private final PreparedTerms prepared;

	private final ChallengeFit fit;

	private final ProblemWriter problems;

	ChallengeWriter(PreparedTerms prepared, ChallengeFit fit, ProblemWriter problems) {
		this.prepared = prepared;
		this.fit = fit;
		this.problems = problems;
	}

	/**
	 * Write the answer.
	 * @param failure why a payment failed, or {@code null} if none came
	 * @throws IOException if the client has gone
	 */
	void write(OwnAnswer answer, PricedRoute route, PaymentRequired required, @Nullable SettleResponse failure,
			TermsBody body) throws IOException {
		if (failure != null) {
			ReceiptHeader.set(answer, failure);
		}
		PaymentRequired fitting = this.fit.shorten(route, required, answer,
				(terms) -> this.prepared.of(terms).header());
		String terms = this.prepared.of(fitting).header();
		ChallengeFit.Fit fit = this.fit.judge(route, fitting, terms, answer);
		if (fit == ChallengeFit.Fit.FITS) {
			answer.set(PaymentHeader.REQUIRED, terms);
			write(answer, body.make(fitting, failure));
		}
		else {
			this.problems.write(answer, (fit == ChallengeFit.Fit.URL_TOO_LONG) ? Problem.requestTargetTooLong()
					: Problem.challengeTooLarge());
		}
	}

	private static void write(OwnAnswer answer, ResponseBody body) throws IOException {
		answer.status(PAYMENT_REQUIRED);
		ResponseHeaders.expose(answer);
		ResponseHeaders.varyByAccept(answer);
		answer.set("Cache-Control", "no-store");
		answer.set("X-Content-Type-Options", "nosniff");
		if (body.contentSecurityPolicy() != null) {
			answer.set("Content-Security-Policy", body.contentSecurityPolicy());
		}
		answer.write(body.contentType(), body.content().getBytes(StandardCharsets.UTF_8));
	}

}
