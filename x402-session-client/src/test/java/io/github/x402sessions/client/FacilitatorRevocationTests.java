package io.github.x402sessions.client;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.x402sessions.client.approval.AllowanceNeed;
import io.github.x402sessions.client.approval.ApprovalChain;
import io.github.x402sessions.client.approval.ApprovalTimeouts;
import io.github.x402sessions.client.approval.FacilitatorRevocation;
import io.github.x402sessions.client.facilitator.FacilitatorSessionsClient;
import io.github.x402sessions.client.facilitator.RegistrationRetry;
import io.github.x402sessions.client.http.JsonHttp;
import io.github.x402sessions.client.opening.SessionNotClosedException;
import io.github.x402sessions.client.opening.steps.ApprovalRevocation;
import io.github.x402sessions.client.opening.steps.SessionPlan;
import io.github.x402sessions.client.signing.SessionSigner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FacilitatorRevocation} when the facilitator is not all there: a proxy
 * before the real one answers in its place.
 */
class FacilitatorRevocationTests {

	private static final PaidEnvironment environment = PaidEnvironment.shared();

	private final WireMockServer proxy = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private final SessionSigner payer = environment.account();

	private final Session session = environment.client(this.payer).open();

	@BeforeEach
	void start() {
		this.proxy.start();
		environment.passOn(this.proxy);
	}

	@AfterEach
	void stop() {
		this.proxy.stop();
	}

	@Test
	void quoteThatIsNotToBeHadJustNowIsAskedForAgain() throws Exception {
		this.proxy.stubFor(WireMock.post("/sessions/quote")
			.atPriority(1)
			.inScenario("busy")
			.whenScenarioStateIs(Scenario.STARTED)
			.willSetStateTo("idle")
			.willReturn(WireMock.status(503)));
		close();
		assertThat(allowance()).isZero();
	}

	@Test
	void approvalThatTheFacilitatorWillNotSendGoesToTheChainAsItIs() throws Exception {
		answerClosing(WireMock.badRequest().withBody("{\"error\":\"no more fees today: send the approve yourself\"}"));
		close();
		assertThat(allowance()).isZero();
	}

	@Test
	void answerThatIsNotTheFacilitatorsIsOfUnknownMeaning() {
		answerClosing(WireMock.ok("<html>Welcome to the airport</html>"));
		assertThatExceptionOfType(SessionNotClosedException.class).isThrownBy(this::close)
			.withMessageContaining("it is unknown whether it took the allowance back");
	}

	/** What a gateway has only accepted may never be sent. */
	@Test
	void acceptedIsNotDone() throws Exception {
		answerClosing(WireMock.aResponse()
			.withStatus(202)
			.withBody("{\"cap\":\"1\",\"spent\":\"0\",\"expirationLedger\":1,\"status\":\"closed\"}"));
		close();
		assertThat(allowance()).isZero();
	}

	private void answerClosing(ResponseDefinitionBuilder answer) {
		this.proxy
			.stubFor(WireMock.post(WireMock.urlPathTemplate("/sessions/{id}/close")).atPriority(1).willReturn(answer));
	}

	private void close() {
		SessionPlan plan = environment.client(this.payer).facilitator(URI.create(this.proxy.baseUrl())).build().plan();
		JsonHttp http = new JsonHttp(Duration.ofSeconds(5), Duration.ofSeconds(30));
		ApprovalChain chain = new ApprovalChain(environment.devnet.rpcUri(), plan.network(), http,
				new ApprovalTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofMillis(20)));
		new ApprovalRevocation(plan,
				new FacilitatorRevocation(plan.closingQuote(this.session.spender()), plan.network(),
						new FacilitatorSessionsClient(plan.facilitator(), http), this.session.id(),
						new RegistrationRetry(3, Duration.ofMillis(20)), chain))
			.approve(this.session.spender(), AllowanceNeed.NOTHING);
	}

	private BigInteger allowance() throws Exception {
		return environment.allowance(this.payer.accountId(), this.session.spender());
	}

}
