package io.github.x402sessions.servlet.challenge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.servlet.request.Exchange;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Answers 402 with the terms in the {@code PAYMENT-REQUIRED} header and a
 * {@link ChallengeBody}. Terms that the container could not send become a problem
 * instead.
 */
public final class ChallengeWriter {

	private final PreparedTerms prepared;

	private final ChallengeBody body;

	private final ChallengeFit fit;

	private final ProblemWriter problems;

	ChallengeWriter(PreparedTerms prepared, ChallengeBody body, ChallengeFit fit, ProblemWriter problems) {
		this.prepared = prepared;
		this.body = body;
		this.fit = fit;
		this.problems = problems;
	}

	ChallengeFit fit() {
		return this.fit;
	}

	/**
	 * Write the answer.
	 * @param exchange the request and its uncommitted response
	 * @param required the terms
	 * @param failure why a payment failed, or {@code null} if none came
	 * @throws IOException if the client has gone
	 */
	public void write(Exchange exchange, PaymentRequired required, @Nullable SettleResponse failure)
			throws IOException {
		HttpServletResponse response = exchange.response();
		if (failure != null) {
			ReceiptHeader.set(response, failure);
		}
		PaymentRequired fitting = this.fit.shorten(exchange.route(), required, response,
				(terms) -> this.prepared.of(terms).header());
		String terms = this.prepared.of(fitting).header();
		ChallengeFit.Fit fit = this.fit.judge(exchange.route(), fitting, terms, response);
		if (fit == ChallengeFit.Fit.FITS) {
			response.setHeader(PaymentHeader.REQUIRED, terms);
			write(response, this.body.make(exchange.request(), exchange.route(), fitting, failure));
		}
		else {
			this.problems.write(response, (fit == ChallengeFit.Fit.URL_TOO_LONG) ? Problem.requestTargetTooLong()
					: Problem.challengeTooLarge());
		}
	}

	private static void write(HttpServletResponse response, ResponseBody body) throws IOException {
		response.setStatus(HttpServletResponse.SC_PAYMENT_REQUIRED);
		ResponseHeaders.expose(response);
		ResponseHeaders.varyByAccept(response);
		response.setHeader("Cache-Control", "no-store");
		response.setHeader("X-Content-Type-Options", "nosniff");
		if (body.contentSecurityPolicy() != null) {
			response.setHeader("Content-Security-Policy", body.contentSecurityPolicy());
		}
		response.setContentType(body.contentType());
		byte[] content = body.content().getBytes(StandardCharsets.UTF_8);
		response.setContentLength(content.length);
		response.getOutputStream().write(content);
	}

}
