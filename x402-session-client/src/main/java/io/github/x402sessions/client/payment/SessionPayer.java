package io.github.x402sessions.client.payment;

import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;

/**
 * Holds the session id and puts it on requests, within its {@link SpendingRules} only.
 * Thread-safe.
 */
public final class SessionPayer {

	private final String sessionId;

	private final SpendingRules rules;

	/**
	 * Create a payer.
	 * @param sessionId the session's id, a secret
	 * @param rules what it may be used for
	 */
	public SessionPayer(String sessionId, SpendingRules rules) {
		this.sessionId = sessionId;
		this.rules = rules;
	}

	/**
	 * Create an HTTP client that pays.
	 * @param connectTimeout how long connecting may take
	 * @return a client that follows no redirects
	 */
	public HttpClient httpClient(Duration connectTimeout) {
		HttpClient plain = HttpClient.newBuilder()
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(connectTimeout)
			.build();
		return new PayingHttpClient(plain, this);
	}

	/** A request that carries a payment of its own is none of our business. */
	boolean mayPayFor(HttpRequest request) {
		HttpHeaders headers = request.headers();
		return headers.firstValue(PaymentHeader.SIGNATURE).isEmpty()
				&& headers.firstValue(PaymentHeader.LEGACY_SIGNATURE).isEmpty();
	}

	/**
	 * Answer a 402: the same request with a payment, or empty if nothing is to be paid.
	 */
	Optional<HttpRequest> answer(HttpRequest request, HttpHeaders challengeHeaders) {
		return PaymentChallenge.read(challengeHeaders)
			.flatMap((challenge) -> this.rules.choose(request.uri(), challenge)
				.map((accepted) -> withPayment(request, challenge, accepted)));
	}

	private HttpRequest withPayment(HttpRequest request, PaymentRequired challenge, PaymentRequirements accepted) {
		PaymentPayload payment = PaymentPayload.of(challenge.resource(), accepted, Map.of("sessionId", this.sessionId));
		return HttpRequest.newBuilder(request, (name, value) -> true)
			.setHeader(PaymentHeader.SIGNATURE, PaymentHeader.encode(payment))
			.build();
	}

	@Override
	public String toString() {
		return "SessionPayer[" + this.rules + "]";
	}

}
