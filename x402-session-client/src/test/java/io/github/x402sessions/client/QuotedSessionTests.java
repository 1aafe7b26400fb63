package io.github.x402sessions.client;

import java.net.URI;

import io.github.x402sessions.client.opening.ApprovalUnknownException;
import io.github.x402sessions.client.opening.SessionNotOpenedException;
import io.github.x402sessions.client.signing.SessionSigner;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for opening through the facilitator when the way to it is bad: a proxy before the
 * real one breaks off or refuses.
 */
class QuotedSessionTests {

	private static final PaidEnvironment environment = PaidEnvironment.shared();

	private final WireMockServer proxy = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private final SessionSigner payer = environment.account();

	QuotedSessionTests() {
		this.proxy.start();
		environment.passOn(this.proxy);
	}

	@AfterEach
	void stop() {
		this.proxy.stop();
	}

	@Test
	void lostAnswerIsAskedForAgainAndIsTheSameSession() {
		this.proxy.stubFor(WireMock.post("/sessions")
			.atPriority(1)
			.inScenario("once")
			.whenScenarioStateIs("Started")
			.willSetStateTo("done")
			.willReturn(WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
		assertThat(client().open().state().isActive()).isTrue();
	}

	@Test
	void refusedRegistrationIsOfUnknownFateAndIsRegisteredLater() throws Exception {
		this.proxy.stubFor(WireMock.post("/sessions").atPriority(1).willReturn(WireMock.status(400)));
		ApprovalUnknownException failure = catchThrowableOfType(ApprovalUnknownException.class, () -> client().open());
		assertThat(failure).hasMessageContaining("was given to the facilitator");
		this.proxy.resetMappings();
		environment.passOn(this.proxy);
		Session session = client().build().register(failure);
		assertThat(session.approvalTransaction()).isEqualTo(failure.approvalTransaction());
		assertThat(session.state().isActive()).isTrue();
	}

	@Test
	void refusedQuoteSignsNothing() {
		this.proxy.stubFor(WireMock.post("/sessions/quote").atPriority(1).willReturn(WireMock.status(400)));
		assertThatExceptionOfType(SessionNotOpenedException.class).isThrownBy(() -> client().open())
			.withMessageContaining("nothing was signed");
	}

	private SessionClientBuilder client() {
		return environment.client(this.payer).facilitator(URI.create(this.proxy.baseUrl()));
	}

}
