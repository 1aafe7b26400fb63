package io.github.x402sessions.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.x402sessions.client.approval.ApprovalTimeouts;
import io.github.x402sessions.client.facilitator.RegistrationBody;
import io.github.x402sessions.client.facilitator.RegistrationRetry;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.ApproveVector;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

/**
 * A facilitator that says what a test wants.
 */
final class FakeFacilitator implements AutoCloseable {

	static final String ID = "s3cret-session";

	private final WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private final BlockingQueue<String> closings = new LinkedBlockingQueue<>();

	FakeFacilitator() {
		this.server.addMockServiceRequestListener((request, response) -> {
			if (request.getMethod().equals(RequestMethod.DELETE)) {
				this.closings.add(request.getUrl());
			}
		});
		this.server.start();
	}

	FakeFacilitator offering(String scheme, String network, String spenderKey, String spender) {
		this.server.stubFor(WireMock.get("/supported")
			.willReturn(okJson(
					"{\"kinds\":[{\"x402Version\":2,\"scheme\":\"%s\",\"network\":\"%s\",\"extra\":{\"%s\":\"%s\"}}]}"
						.formatted(scheme, network, spenderKey, spender))));
		return this;
	}

	/** One whose sessions can have keys. */
	FakeFacilitator offeringKeys(String spender) {
		return offeringKeys(spender, "");
	}

	/** One whose sessions must have keys. */
	FakeFacilitator requiringKeys(String spender) {
		return offeringKeys(spender, ",\"sessionKeyRequired\":true");
	}

	private FakeFacilitator offeringKeys(String spender, String more) {
		this.server.stubFor(WireMock.get("/supported")
			.willReturn(okJson("{\"kinds\":[{\"x402Version\":2,\"scheme\":\"session\",\"network\":\"stellar:testnet\","
					+ "\"extra\":{\"spender\":\"" + spender + "\",\"sessionKeys\":true" + more + "}}]}")));
		return this;
	}

	/** Answer registrations one after the other, the last one always. */
	FakeFacilitator registering(ResponseDefinitionBuilder... answers) {
		for (int i = 0; i < answers.length; i++) {
			this.server.stubFor(WireMock.post("/sessions")
				.inScenario("register")
				.whenScenarioStateIs((i == 0) ? Scenario.STARTED : "step" + i)
				.willSetStateTo(
						(i == answers.length - 1) ? ((i == 0) ? Scenario.STARTED : "step" + i) : "step" + (i + 1))
				.willReturn(answers[i]));
		}
		return this;
	}

	FakeFacilitator state(ResponseDefinitionBuilder answer) {
		this.server.stubFor(WireMock.get("/sessions/" + ID).willReturn(answer));
		return this;
	}

	void settlement(String commitment, String json) {
		this.server.stubFor(WireMock.get("/settlements/" + commitment).willReturn(okJson(json)));
	}

	static ResponseDefinitionBuilder created() {
		return okJson("{\"sessionId\":\"" + ID + "\"}").withStatus(201);
	}

	static ResponseDefinitionBuilder created(SessionKeyPair key) {
		return okJson("{\"sessionId\":\"" + ID + "\",\"sessionKey\":\"" + key.publicKey() + "\"}").withStatus(201);
	}

	List<RegistrationBody> registrations() {
		return this.server.findAll(postRequestedFor(urlEqualTo("/sessions")))
			.stream()
			.map((request) -> WireJson.read(request.getBody(), RegistrationBody.class))
			.toList();
	}

	/** Begin to open a session here on a vector's terms, with short pauses. */
	SessionClientBuilder client(ApproveVector vector, FakeRpc rpc) {
		return SessionClient.builder()
			.signer(SessionSigner.ofSecret(vector.userSecret()))
			.facilitator(uri())
			.rpc(rpc.uri())
			.asset(new Asset(vector.asset(), 7))
			.recipient(vector.recipient())
			.cap("1.00")
			.expiresIn(Duration.ofHours(1))
			.waiting(new ApprovalTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofMillis(1)),
					new RegistrationRetry(3, Duration.ofMillis(1)));
	}

	/** The path of the next session that is closed. */
	String awaitClosing() {
		return Eventually.next(this.closings);
	}

	URI uri() {
		return URI.create(this.server.baseUrl());
	}

	@Override
	public void close() {
		this.server.stop();
	}

}
