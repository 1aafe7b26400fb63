package io.github.x402sessions.client.facilitator;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.x402sessions.client.http.JsonHttp;
import io.github.x402sessions.client.http.JsonResponse;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorProtocolException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.price.StellarAddress;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.scheme.SessionScheme;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A facilitator as the owner of a session calls it: who spends, make a session, where
 * does it stand. Throws {@link FacilitatorException}s only, which never show a session
 * id, apart from what it says it does not offer. Thread-safe.
 */
public final class FacilitatorSessionsClient {

	private static final Logger logger = LoggerFactory.getLogger(FacilitatorSessionsClient.class);

	/** How a server answers that does not know a path. */
	private static final Set<Integer> NOT_OFFERED = Set.of(404, 405);

	private final String url;

	private final JsonHttp http;

	/**
	 * Create a client.
	 * @param url the facilitator's base URL
	 * @param http the exchange to use
	 */
	public FacilitatorSessionsClient(URI url, JsonHttp http) {
		this.url = url.toString().replaceAll("/+$", "");
		this.http = http;
	}

	/**
	 * Ask for what a session needs to know of its facilitator.
	 * @param network the network
	 * @return who spends, and how sessions are paid with
	 */
	public SessionSupport support(Network network) {
		SupportedResponse supported = call("/supported", () -> this.http.get(uri("/supported")),
				SupportedResponse.class);
		SupportedKind kind = supported.kind(SessionScheme.NAME, network.id())
			.orElseThrow(() -> new FacilitatorProtocolException(
					"facilitator does not offer the scheme 'session' on " + network.id(), null));
		return new SessionSupport(spender(kind), says(kind, "sessionKeys"), says(kind, "sessionKeyRequired"),
				SessionScheme.otherSpenders(kind.extra()));
	}

	private static boolean says(SupportedKind kind, String what) {
		return Boolean.TRUE.equals(kind.extra().get(what));
	}

	private static String spender(SupportedKind kind) {
		return Stream.of("spender", "facilitatorAddress")
			.map((key) -> kind.extra().get(key))
			.filter((value) -> value instanceof String text && StellarAddress.isAccount(text))
			.map(String.class::cast)
			.findFirst()
			.orElseThrow(
					() -> new FacilitatorProtocolException("facilitator does not name the account that spends", null));
	}

	/**
	 * Make a session.
	 * @param registration the approval and its proof
	 * @return the session
	 */
	public SessionBody register(RegistrationBody registration) {
		return call("/sessions", () -> this.http.post(uri("/sessions"), registration), SessionBody.class);
	}

	/**
	 * Ask for an approval to sign.
	 * @param request what is to be approved
	 * @return the approval
	 * @throws QuoteNotOfferedException if the facilitator makes none
	 */
	public Quote quote(QuoteBody request) {
		return call("/sessions/quote", () -> this.http.post(uri("/sessions/quote"), request), NOT_OFFERED, Quote.class)
			.orElseThrow(QuoteNotOfferedException::new);
	}

	/**
	 * Ask where a session stands.
	 * @param sessionId the session's id
	 * @return its state, or empty if the facilitator does not know it
	 */
	public Optional<StateResponse> state(String sessionId) {
		return call("/sessions/{id}", () -> this.http.get(uri(path(sessionId))), Set.of(404), StateResponse.class);
	}

	/**
	 * Ask what became of a payment that is settled later on.
	 * @param commitment the commitment's id
	 * @return its state, or empty if the facilitator does not know it
	 */
	public Optional<DeferredPaymentBody> settlement(String commitment) {
		return call("/settlements/{commitment}", () -> this.http.get(uri("/settlements/" + commitment)), Set.of(404),
				DeferredPaymentBody.class);
	}

	/**
	 * Close a session as far as the facilitator can: an older one knows no such call, and
	 * one that does not answer learns from the chain that the allowance is gone.
	 * @param sessionId the session's id
	 */
	public void close(String sessionId) {
		try {
			this.http.delete(uri(path(sessionId)));
		}
		catch (IOException ex) {
			logger.info("The facilitator did not close a session: {}", ex.getClass().getSimpleName());
		}
	}

	/**
	 * Have the approval sent by which a session's owner takes the allowance back.
	 * @param sessionId the session's id
	 * @param transaction the signed approval, base64 XDR
	 * @return the closed session's state
	 * @throws FacilitatorUnavailableException if it may have been sent: what answers
	 * nonsense is not the facilitator, and has not refused
	 */
	public StateResponse revoke(String sessionId, String transaction) {
		String name = "/sessions/{id}/close";
		JsonResponse response = send(name,
				() -> this.http.post(uri(path(sessionId) + "/close"), new RevocationBody(transaction)));
		if (response.status() / 100 != 2) {
			throw ErrorBody.of(name, response);
		}
		StateResponse state = closed(name, response);
		if (!isDone(response)) {
			throw ErrorBody.of(name, response);
		}
		return state;
	}

	private static StateResponse closed(String name, JsonResponse response) {
		try {
			return response.as(StateResponse.class);
		}
		catch (MalformedMessageException ex) {
			throw unanswered(name, new ProtocolException(ex.getMessage()));
		}
	}

	/** What is only accepted may never be done. */
	private static boolean isDone(JsonResponse response) {
		return response.status() == 200 || response.status() == 201;
	}

	private static String path(String sessionId) {
		return "/sessions/" + URLEncoder.encode(sessionId, StandardCharsets.UTF_8);
	}

	private URI uri(String path) {
		return URI.create(this.url + path);
	}

	private static <T> T call(String name, Exchange exchange, Class<T> type) {
		return call(name, exchange, Set.of(), type).orElseThrow();
	}

	/** Make an exchange; the result is empty where its status is one of the missing. */
	private static <T> Optional<T> call(String name, Exchange exchange, Set<Integer> missing, Class<T> type) {
		JsonResponse response = send(name, exchange);
		if (missing.contains(response.status())) {
			return Optional.empty();
		}
		if (!isDone(response)) {
			throw ErrorBody.of(name, response);
		}
		try {
			return Optional.of(response.as(type));
		}
		catch (MalformedMessageException ex) {
			throw new FacilitatorProtocolException("facilitator answered nonsense to " + name + ": " + ex.getMessage(),
					ex);
		}
	}

	private static JsonResponse send(String name, Exchange exchange) {
		try {
			return exchange.send();
		}
		catch (IOException ex) {
			throw unanswered(name, ex);
		}
	}

	private static FacilitatorUnavailableException unanswered(String name, IOException cause) {
		return new FacilitatorUnavailableException(
				"facilitator gave no answer to " + name + ": " + cause.getClass().getSimpleName(), cause);
	}

	/** One HTTP exchange. */
	private interface Exchange {

		JsonResponse send() throws IOException;

	}

}
