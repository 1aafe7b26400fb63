package io.github.x402sessions.benchmarks.deferred;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.opening.SessionKeys;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.scheme.session.BodyHash;
import io.github.x402sessions.stellar.account.AccountKey;

/**
 * A payer's session with a key, and what the shop asks of him.
 *
 * @param session the session
 * @param url what he calls
 * @param challenge the challenge of that
 */
record LoadSession(Session session, URI url, String challenge) {

	/** More than the hour that has to be left where payments are deferred. */
	private static final Duration EXPIRES = Duration.ofHours(4);

	private static final int USDC = 100;

	/** Open sessions of as many payers, all at once. */
	static List<LoadSession> open(Place place, int count) throws Exception {
		URI url = place.shop().resolve("/deferred");
		String challenge = challenge(url);
		return Crowd.of(count, (number) -> new LoadSession(open(place), url, challenge));
	}

	private static Session open(Place place) {
		String secret = AccountKey.randomSecret();
		place.fund(AccountKey.of(secret).address(), USDC);
		return SessionClient.builder()
			.signer(SessionSigner.ofSecret(secret))
			.facilitator(place.facilitator())
			.rpc(place.network().resolve("/rpc"))
			.recipient(place.recipient())
			.cap(Integer.toString(USDC))
			.expiresIn(EXPIRES)
			.allowedOrigins(place.shop())
			.sessionKeys(SessionKeys.REQUIRED)
			.prepaying()
			.open();
	}

	private static String challenge(URI url) {
		try {
			return HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
				.headers()
				.firstValue(PaymentHeader.REQUIRED)
				.orElseThrow();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Sign for one call more; return the value of its payment header. */
	String payment() {
		return this.session.payments()
			.call("GET", this.url, (name) -> List.of(), () -> BodyHash.EMPTY)
			.flatMap((call) -> call.answer(List.of(this.challenge)))
			.orElseThrow();
	}

	/** Sign for as many calls. */
	List<String> payments(int count) {
		List<String> payments = new ArrayList<>(count);
		for (int call = 0; call < count; call++) {
			payments.add(payment());
		}
		return payments;
	}

}
