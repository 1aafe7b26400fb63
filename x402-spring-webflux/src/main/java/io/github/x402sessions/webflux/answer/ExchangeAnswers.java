package io.github.x402sessions.webflux.answer;

import java.io.IOException;
import java.util.Collection;

import io.github.x402sessions.core.challenge.DirectAnswers;
import io.github.x402sessions.core.challenge.NegotiatedBody;
import io.github.x402sessions.core.challenge.PayPage;
import io.github.x402sessions.core.challenge.PreparedTerms;
import io.github.x402sessions.core.challenge.Problem;
import io.github.x402sessions.core.challenge.ResourceUrl;
import io.github.x402sessions.core.challenge.TermsBody;
import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.ReceivedCall;
import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.purchase.StoredResponse;
import io.github.x402sessions.core.settle.FailedSettlement;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.webflux.hold.RawServerResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Everything that the filter itself says to clients. What is written to a response waits
 * there until it is sent. Thread-safe.
 */
public final class ExchangeAnswers {

	private final PreparedTerms prepared = new PreparedTerms();

	private final NegotiatedBody body;

	private final ResourceUrl resource;

	private final DirectAnswers answers;

	/**
	 * Create the answers.
	 * @param resource names what is for sale
	 * @param page the page that browsers get with a 402
	 * @param maxHeaderSize how large all headers of a response may be, bytes
	 */
	public ExchangeAnswers(ResourceUrl resource, PayPage page, int maxHeaderSize) {
		this.resource = resource;
		this.body = new NegotiatedBody(this.prepared, page);
		this.answers = new DirectAnswers(this.prepared, maxHeaderSize);
	}

	/**
	 * Check the terms of routes, as far as they are known.
	 * @param gate what its challenges would be
	 * @param routes the routes
	 * @throws IllegalArgumentException if some cannot be sent
	 */
	public void check(PaymentGate gate, Collection<PricedRoute> routes) {
		this.answers.check(gate, routes);
	}

	/**
	 * Tell whether the server alone says where it is reached.
	 * @return whether nothing of the {@code Host} header is used
	 */
	public boolean knowsHost() {
		return this.resource.isFixed();
	}

	/**
	 * Return the call that a request is, but for its body.
	 * @param request the request
	 * @return the call, with the URL that challenges name
	 */
	public ReceivedCall call(ServerHttpRequest request) {
		String seen = request.getURI().toString();
		int end = seen.indexOf('?');
		return new ReceivedCall(request.getMethod().name(), this.resource.of((end < 0) ? seen : seen.substring(0, end),
				request.getURI().getRawPath(), request.getURI().getRawQuery()));
	}

	/**
	 * Answer a request that does not reach its handler.
	 * @param request the request
	 * @param response its uncommitted response
	 * @param route the route that it is for
	 * @param decision why it does not
	 */
	public void write(ServerHttpRequest request, RawServerResponse response, PricedRoute route,
			PaymentDecision.Denied decision) {
		written(() -> this.answers.write(response, route, decision, body(request, route)));
	}

	/**
	 * Answer with a problem.
	 * @param response an uncommitted response
	 * @param problem the problem
	 */
	public void write(RawServerResponse response, Problem problem) {
		written(() -> this.answers.write(response, problem));
	}

	/**
	 * Answer in the place of a handler whose payment is not settled.
	 * @param request the request
	 * @param response its uncommitted response
	 * @param route the route that it is for
	 * @return answers when it comes to it
	 */
	public FailedSettlement failure(ServerHttpRequest request, RawServerResponse response, PricedRoute route) {
		return new FailedSettlement() {

			@Override
			public void write(SettlementOutcome outcome, boolean once) throws IOException {
				ExchangeAnswers.this.answers.write(response, route, outcome, once, body(request, route));
			}

			@Override
			public void write(Problem problem) throws IOException {
				ExchangeAnswers.this.answers.write(response, problem);
			}

		};
	}

	/**
	 * Give an answer again that was paid for, receipt included.
	 * @param response an uncommitted response
	 * @param stored the answer
	 */
	public static void repeat(RawServerResponse response, StoredResponse stored) {
		response.status(stored.status());
		if (stored.contentType() != null) {
			response.set(HttpHeaders.CONTENT_TYPE, stored.contentType());
		}
		stored.headers().forEach((header) -> repeat(response, header));
		byte[] body = stored.body();
		if (body.length > 0) {
			response.writeAgain(body);
		}
		else if (stored.contentLength() >= 0) {
			response.set(HttpHeaders.CONTENT_LENGTH, Long.toString(stored.contentLength()));
		}
	}

	private static void repeat(RawServerResponse response, StoredResponse.Header header) {
		if (header.replaces()) {
			response.remove(header.name());
		}
		header.values().forEach((value) -> response.add(header.name(), value));
	}

	private TermsBody body(ServerHttpRequest request, PricedRoute route) {
		String accepted = String.join(",", request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT));
		return (required, failure) -> this.body.make(request.getMethod().name(), accepted, route, required);
	}

	/** What is written to memory does not fail as a connection does. */
	private static void written(Writing writing) {
		try {
			writing.write();
		}
		catch (IOException ex) {
			throw new IllegalStateException("an answer could not be written", ex);
		}
	}

	/** Writes an answer. */
	@FunctionalInterface
	private interface Writing {

		void write() throws IOException;

	}

}
