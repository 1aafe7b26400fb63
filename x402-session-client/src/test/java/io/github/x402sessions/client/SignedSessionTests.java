package io.github.x402sessions.client;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.github.x402sessions.client.opening.SessionKeys;
import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.scheme.session.BodyHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for sessions with a key from end to end: ledger, facilitator and shop are real.
 */
class SignedSessionTests {

	private static final PaidEnvironment environment = PaidEnvironment.shared();

	private final SessionSigner payer = environment.account();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sessionIsRegisteredWithItsKeyAndPays(boolean withChain) throws Exception {
		Session session = (withChain ? client().rpc(environment.devnet.rpcUri()) : client()).open();
		assertThat(session.sessionKey()).isPresent();
		assertThat(buy(session.httpClient(), "/tea", BodyPublishers.ofString("milk"))).isEqualTo(200);
		assertThat(buy(session.httpClient(), "/tea?sugar=2",
				BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[9]))))
			.isEqualTo(200);
		assertThat(session.state().spent()).isEqualTo(200_000);
	}

	@Test
	void savedSessionPaysInSeveralProcessesAtATime() throws Exception {
		SavedSession saved = SavedSession.fromJson(client().open().save().toJson());
		for (int i = 0; i < 2; i++) {
			Session session = SessionClient.builder(saved).allowedOrigins(environment.uri("/")).build().restore(saved);
			assertThat(buy(session.httpClient(), "/tea", BodyPublishers.noBody())).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { -300, 300 })
	void clientWhoseClockIsWrongPays(long seconds) throws Exception {
		Session session = client().clock(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds)))
			.prepaying()
			.open();
		for (int i = 0; i < 3; i++) {
			assertThat(buy(session.httpClient(), "/tea", BodyPublishers.ofString("milk"))).isEqualTo(200);
		}
		assertThat(session.state().spent()).isEqualTo(300_000);
	}

	@Test
	void capturedPaymentBuysNoOtherCall() throws Exception {
		Session session = client().open();
		String captured = payment(session, "/tea", "milk");
		assertThat(send("/tea", "POST", "sugar", captured).statusCode()).isEqualTo(402);
		assertThat(send("/tea?sugar=2", "POST", "milk", captured).statusCode()).isEqualTo(402);
		assertThat(send("/tea", "PUT", "milk", captured).statusCode()).isEqualTo(402);
		assertThat(send("/cake", "POST", "milk", captured).statusCode()).isEqualTo(402);
		assertThat(session.state().spent()).isZero();
		HttpResponse<String> bought = send("/tea", "POST", "milk", captured);
		assertThat(bought.statusCode()).isEqualTo(200);
		assertThat(send("/tea", "POST", "milk", captured).body()).isEqualTo(bought.body());
		assertThat(session.state().spent()).isEqualTo(100_000);
	}

	/** A payment that somebody gets hold of before it is sent. */
	private String payment(Session session, String path, String body) throws Exception {
		HttpResponse<String> asked = send(path, "POST", body, null);
		PaidCall call = session.payments()
			.call("POST", environment.uri(path), (name) -> List.of(),
					() -> BodyHash.of(body.getBytes(StandardCharsets.UTF_8)))
			.orElseThrow();
		return call.answer(asked.headers().allValues(PaymentHeader.REQUIRED)).orElseThrow();
	}

	private static HttpResponse<String> send(String path, String method, String body, String payment) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(environment.uri(path))
			.method(method, BodyPublishers.ofString(body));
		if (payment != null) {
			request.header(PaymentHeader.SIGNATURE, payment);
		}
		return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
	}

	private static int buy(HttpClient client, String path, BodyPublisher body) throws Exception {
		URI uri = environment.uri(path);
		return client.send(HttpRequest.newBuilder(uri).POST(body).build(), BodyHandlers.ofString()).statusCode();
	}

	private SessionClientBuilder client() {
		return environment.client(this.payer).sessionKeys(SessionKeys.REQUIRED);
	}

}
