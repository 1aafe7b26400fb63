package io.github.x402sessions.client;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.github.x402sessions.client.http.JsonAnswer;
import io.github.x402sessions.client.http.JsonHttp;
import io.github.x402sessions.client.payment.SpendingRules;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorProtocolException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.price.StellarAddress;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A facilitator as the owner of a session calls it: who spends, make a session, where
 * does it stand. Throws {@link FacilitatorException}s only, which never show a session
 * id.
 */
final class SessionFacilitator {

	private static final Logger logger = LoggerFactory.getLogger(SessionFacilitator.class);

	private final String url;

	private final JsonHttp http;

	SessionFacilitator(URI url, JsonHttp http) {
		this.url = url.toString().replaceAll("/+$", "");
		this.http = http;
	}

	/** The account that settles sessions on a network. */
	String spender(Network network) {
		SupportedResponse supported = read("/supported", () -> this.http.get(uri("/supported")),
				SupportedResponse.class);
		SupportedKind kind = supported.kind(SpendingRules.SCHEME, network.id())
			.orElseThrow(() -> new FacilitatorProtocolException(
					"facilitator does not offer the scheme 'session' on " + network.id(), null));
		return Stream.of("spender", "facilitatorAddress")
			.map((key) -> kind.extra().get(key))
			.filter((value) -> value instanceof String text && StellarAddress.isAccount(text))
			.map(String.class::cast)
			.findFirst()
			.orElseThrow(
					() -> new FacilitatorProtocolException("facilitator does not name the account that spends", null));
	}

	RegisteredSession register(Registration registration) {
		return read("/sessions", () -> this.http.post(uri("/sessions"), registration), RegisteredSession.class);
	}

	/**
	 * Ask for an approve to sign.
	 * @throws QuoteNotOfferedException if the facilitator makes none
	 */
	Quote quote(QuoteRequest request) {
		return read("/sessions/quote", () -> {
			JsonAnswer answer = this.http.post(uri("/sessions/quote"), request);
			if (answer.status() == 404 || answer.status() == 405) {
				throw new QuoteNotOfferedException();
			}
			return answer;
		}, Quote.class);
	}

	SessionState state(String sessionId) {
		return read("/sessions/{id}", () -> {
			JsonAnswer answer = this.http.get(uri(path(sessionId)));
			if (answer.status() == 404) {
				throw new SessionNotFoundException();
			}
			return answer;
		}, StateAnswer.class).toState();
	}

	/**
	 * Close a session as far as the facilitator can: an older one knows no such call, and
	 * one that does not answer learns from the chain that the allowance is gone.
	 */
	void close(String sessionId) {
		try {
			this.http.delete(uri(path(sessionId)));
		}
		catch (IOException ex) {
			logger.info("The facilitator did not close a session: {}", ex.getClass().getSimpleName());
		}
	}

	/**
	 * Have the approve sent by which a session's owner takes the allowance back.
	 * @throws FacilitatorUnavailableException if it may have been sent: what answers
	 * nonsense is not the facilitator, and has not refused
	 */
	StateAnswer takeBack(String sessionId, String transaction) {
		return read("/sessions/{id}/close", () -> {
			JsonAnswer answer = this.http.post(uri(path(sessionId) + "/close"), new TakingBack(transaction));
			return (answer.status() / 100 == 2) ? readable(answer) : answer;
		}, StateAnswer.class);
	}

	private static JsonAnswer readable(JsonAnswer answer) throws IOException {
		try {
			answer.as(StateAnswer.class);
			return answer;
		}
		catch (MalformedMessageException ex) {
			throw new ProtocolException(ex.getMessage());
		}
	}

	private static String path(String sessionId) {
		return "/sessions/" + URLEncoder.encode(sessionId, StandardCharsets.UTF_8);
	}

	private URI uri(String path) {
		return URI.create(this.url + path);
	}

	private static <T> T read(String call, Exchange exchange, Class<T> type) {
		try {
			JsonAnswer answer = exchange.send();
			if (answer.status() != 200 && answer.status() != 201) {
				throw Refusal.of(call, answer);
			}
			return answer.as(type);
		}
		catch (IOException ex) {
			throw new FacilitatorUnavailableException(
					"facilitator gave no answer to " + call + ": " + ex.getClass().getSimpleName(), ex);
		}
		catch (MalformedMessageException ex) {
			throw new FacilitatorProtocolException("facilitator answered nonsense to " + call + ": " + ex.getMessage(),
					ex);
		}
	}

	/** One HTTP exchange. */
	private interface Exchange {

		JsonAnswer send() throws IOException;

	}

}
