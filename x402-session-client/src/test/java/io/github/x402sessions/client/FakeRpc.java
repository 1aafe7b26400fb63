package io.github.x402sessions.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.stellar.ApproveVector;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A Stellar RPC server that says what a test wants, one answer after the other.
 */
public final class FakeRpc implements AutoCloseable {

	public static final String TESTNET = "Test SDF Network ; September 2015";

	private final WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	public FakeRpc() {
		this.server.start();
	}

	/** All that preparing an approval asks for. */
	public FakeRpc ready(ApproveVector vector) {
		on("getNetwork", Map.of("passphrase", TESTNET, "protocolVersion", 27));
		on("getHealth", Map.of("status", "healthy", "latestLedger", 1000, "latestLedgerCloseTime", 1799999940));
		on("getLedgerEntries", account(vector, vector.accountEntry()));
		on("simulateTransaction",
				Map.of("transactionData", vector.transactionData(), "minResourceFee", "24097", "latestLedger", 1000));
		return this;
	}

	/** Answer a method always, or with one result after the other and then the last. */
	@SafeVarargs
	public final FakeRpc on(String method, Map<String, ?>... results) {
		for (int i = 0; i < results.length; i++) {
			answer(method, i, i == results.length - 1,
					WireMock.okJson(json(Map.of("jsonrpc", "2.0", "id", 1, "result", whole(method, results[i])))));
		}
		return this;
	}

	/** Answer a method with an error of JSON-RPC. */
	public FakeRpc refuse(String method, String message) {
		answer(method, 0, true, WireMock
			.okJson(json(Map.of("jsonrpc", "2.0", "id", 1, "error", Map.of("code", -32603, "message", message)))));
		return this;
	}

	/** Break the connection the first time, then answer. */
	public FakeRpc breakOnce(String method, Map<String, ?> result) {
		answer(method, 0, false, WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
		answer(method, 1, true,
				WireMock.okJson(json(Map.of("jsonrpc", "2.0", "id", 1, "result", whole(method, result)))));
		return this;
	}

	/** Answer a method with something that is not JSON-RPC. */
	public FakeRpc raw(String method, ResponseDefinitionBuilder response) {
		answer(method, 0, true, response);
		return this;
	}

	/** With what every server says, and no test cares for. */
	private static Map<String, Object> whole(String method, Map<String, ?> result) {
		Map<String, Object> whole = new HashMap<>();
		switch (method) {
			case "getTransaction" ->
				whole.putAll(Map.of("latestLedger", 1002, "latestLedgerCloseTime", "0", "oldestLedger", 1));
			case "simulateTransaction" -> whole.putAll(Map.of("transactionData", "", "minResourceFee", "0"));
			case "getLedgerEntries" -> whole.put("latestLedger", 1000);
			default -> {
			}
		}
		whole.putAll(result);
		return whole;
	}

	/** An account as a server shows it. */
	public static Map<String, ?> account(ApproveVector vector, String entry) {
		return Map.of("entries",
				List.of(Map.of("key", vector.accountKey(), "xdr", entry, "lastModifiedLedgerSeq", 900)));
	}

	private void answer(String method, int step, boolean last, ResponseDefinitionBuilder response) {
		this.server.stubFor(WireMock.post("/rpc")
			.withRequestBody(WireMock.matchingJsonPath("$.method", WireMock.equalTo(method)))
			.inScenario(method)
			.whenScenarioStateIs((step == 0) ? Scenario.STARTED : "step" + step)
			.willSetStateTo(last ? ((step == 0) ? Scenario.STARTED : "step" + step) : "step" + (step + 1))
			.willReturn(response));
	}

	public int calls(String method) {
		return this.server
			.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo("/rpc"))
				.withRequestBody(WireMock.matchingJsonPath("$.method", WireMock.equalTo(method))))
			.size();
	}

	public URI uri() {
		return URI.create(this.server.baseUrl() + "/rpc");
	}

	private static String json(Object value) {
		return new String(WireJson.write(value), StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.server.stop();
	}

}
