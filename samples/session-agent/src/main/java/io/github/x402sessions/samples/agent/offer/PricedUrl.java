package io.github.x402sessions.samples.agent.offer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.samples.agent.failure.CannotStartException;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import org.jspecify.annotations.Nullable;

/**
 * The request that is made again and again, and its price.
 *
 * @param request the request
 * @param limit the most that it may cost; {@code null} for whatever is asked
 */
public record PricedUrl(HttpRequest request, @Nullable PriceLimit limit) {

	/** A settlement waits for a ledger or two, of 5 seconds each. */
	private static final Duration TIMEOUT = Duration.ofSeconds(90);

	private static final int MAX_CHALLENGE = 64 * 1024;

	public static PricedUrl of(URI url, String method, RequestData body, List<RequestHeader> headers) {
		HttpRequest.Builder request;
		try {
			request = HttpRequest.newBuilder(url).timeout(TIMEOUT).method(method, body.publisher());
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException("--url or --method", String.valueOf(ex.getMessage()));
		}
		if (body.contentType() != null && headers.stream().noneMatch((header) -> header.is("Content-Type"))) {
			request.header("Content-Type", body.contentType());
		}
		headers.forEach((header) -> add(header, request));
		return new PricedUrl(request.build(), null);
	}

	/** The same, at a price within a limit. */
	public PricedUrl within(PriceLimit most) {
		return new PricedUrl(this.request, most);
	}

	private static void add(RequestHeader header, HttpRequest.Builder request) {
		try {
			request.header(header.name(), header.value());
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException("--header", header.name() + " cannot be sent");
		}
	}

	public URI uri() {
		return this.request.uri();
	}

	/** Make the request without paying, to read its price for sessions. */
	public Offer offer(Network network, Asset asset) {
		return offer(network, asset, SchemeChoice.SESSION);
	}

	/** Make the request without paying, to read its price in the user's money. */
	public Offer offer(Network network, Asset asset, SchemeChoice choice) {
		UnpaidAnswer answer = look();
		if (!answer.wantsMoney()) {
			throw new CannotStartException(
					uri() + " answers " + answer.status() + " where 402 is expected: " + "there is nothing to pay for",
					null);
		}
		PaymentRequired challenge = answer.challenge();
		if (challenge == null) {
			throw new CannotStartException(uri() + " wants to be paid but not by x402", null);
		}
		Offer offer = Offer.of(challenge, network, asset, choice);
		if (this.limit != null) {
			this.limit.check(offer);
		}
		return offer;
	}

	/**
	 * Make the request without paying.
	 * @throws CannotStartException if there is no answer, or none that makes sense
	 */
	public UnpaidAnswer look() {
		HttpResponse<InputStream> answer = send();
		Optional<String> challenge = answer.headers().firstValue(PaymentHeader.REQUIRED);
		try {
			return new UnpaidAnswer(answer.statusCode(),
					challenge.map((header) -> PaymentHeader.decode(header, PaymentRequired.class, MAX_CHALLENGE))
						.orElse(null));
		}
		catch (MalformedMessageException ex) {
			throw new CannotStartException(uri() + " asks for a payment in no way that makes sense", ex);
		}
	}

	/** The body is given up unread: it may have no end. */
	private HttpResponse<InputStream> send() {
		try {
			HttpResponse<InputStream> answer = PriceProbe.httpClient().send(this.request, BodyHandlers.ofInputStream());
			answer.body().close();
			return answer;
		}
		catch (IOException ex) {
			throw new CannotStartException(uri() + " gives no answer: " + ex.getClass().getSimpleName(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CannotStartException("interrupted", ex);
		}
	}

}
