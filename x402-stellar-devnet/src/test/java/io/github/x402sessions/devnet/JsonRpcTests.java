package io.github.x402sessions.devnet;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.KeyPair;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JSON-RPC on the wire: shapes, types, and answers to invalid requests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonRpcTests {

	private final ManualNetwork chain = new ManualNetwork();

	@AfterAll
	void stop() throws IOException {
		this.chain.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "not json | -32700", "{\"a\" | -32700", "{} {} | -32700", "[] | -32600", "42 | -32600",
					"{} | -32600", "{\"method\":7} | -32600", "{\"method\":\"getNothing\"} | -32601",
					"{\"method\":\"getHealth\",\"params\":[]} | -32602",
					"{\"method\":\"getTransaction\",\"params\":{\"hash\":7}} | -32602",
					"{\"method\":\"getTransaction\",\"params\":{\"hash\":\"abc\"}} | -32602",
					"{\"method\":\"sendTransaction\"} | -32602",
					"{\"method\":\"sendTransaction\",\"params\":{\"transaction\":\"%%%\"}} | -32602",
					"{\"method\":\"getLedgerEntries\",\"params\":{\"keys\":[\"AAAA\"]}} | -32602",
					"{\"method\":\"getLedgerEntries\",\"params\":{\"keys\":[1]}} | -32602" })
	void nonsenseGetsItsErrorCode(String body, int code) {
		HttpResponse<String> response = this.chain.rpc.post(body);

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(this.chain.rpc.json(body).at("/error/code").asInt()).isEqualTo(code);
		assertThat(response.body()).doesNotContain("Exception").doesNotContain("\\tat ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "\"b2c3\"", "null" })
	void idComesBackAsItWent(String id) {
		String reply = this.chain.rpc
			.post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"getNetwork\",\"params\":null}")
			.body();

		assertThat(reply).contains("\"id\":" + id + ",").contains("\"result\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",\"params\":null", ",\"params\":{}" })
	void paramsMayBeAbsentNullOrEmpty(String params) {
		assertThat(this.chain.rpc.json("{\"id\":1,\"method\":\"getLatestLedger\"" + params + "}").has("result"))
			.isTrue();
	}

	@Test
	void numbersAndStringsAreWhatTheServerSends() {
		JsonNode health = this.chain.rpc.result("getHealth", Map.of());
		assertThat(health.get("latestLedgerCloseTime").isString()).isTrue();
		assertThat(health.get("ledgerRetentionWindow").asInt()).isEqualTo(120_960);
		JsonNode latest = this.chain.rpc.result("getLatestLedger", Map.of());
		assertThat(latest.get("closeTime").isString()).isTrue();
		assertThat(latest.get("sequence").isNumber()).isTrue();
		JsonNode missing = this.chain.rpc.result("getTransaction", Map.of("hash", "0".repeat(64)));
		assertThat(missing.get("status").asString()).isEqualTo("NOT_FOUND");
		assertThat(missing.get("createdAt").asString()).isEqualTo("0");
		assertThat(missing.get("latestLedgerCloseTime").isString()).isTrue();
		assertThat(missing.get("events").isObject()).isTrue();
		assertThat(missing.has("resultXdr")).isFalse();
		JsonNode network = this.chain.rpc.result("getNetwork", Map.of());
		assertThat(network.get("protocolVersion").asInt()).isEqualTo(27);
		assertThat(network.get("friendbotUrl").asString()).endsWith("/friendbot");
		assertThat(this.chain.rpc.result("getFeeStats", Map.of()).at("/sorobanInclusionFee/p90").asString())
			.isEqualTo("100");
		assertThat(this.chain.rpc.result("getVersionInfo", Map.of()).get("protocolVersion").asInt()).isEqualTo(27);
	}

	@Test
	void missingEntriesAreLeftOut() {
		KeyPair known = this.chain.account();
		List<String> keys = List.of(key(KeyPair.random()), key(known), key(KeyPair.random()));

		JsonNode reply = this.chain.rpc.result("getLedgerEntries", Map.of("keys", keys));

		assertThat(reply.get("entries")).hasSize(1);
		assertThat(reply.at("/entries/0/key").asString()).isEqualTo(keys.get(1));
		assertThat(this.chain.rpc.result("getLedgerEntries", Map.of()).get("entries")).isEmpty();
	}

	@Test
	void tooManyKeysAreRefused() {
		JsonNode reply = this.chain.rpc.call("getLedgerEntries",
				Map.of("keys", Collections.nCopies(201, key(KeyPair.random()))));

		assertThat(reply.at("/error/message").asString()).isEqualTo("key count (201) exceeds maximum supported (200)");
	}

	@Test
	void lifetimesCannotBeAskedForDirectly() {
		String ttl = Base64.getEncoder().encodeToString(new XdrWriter().int32(9).zeros(32).toBytes());

		assertThat(
				this.chain.rpc.call("getLedgerEntries", Map.of("keys", List.of(ttl))).at("/error/message").asString())
			.isEqualTo("ledger ttl entries cannot be queried directly");
	}

	@Test
	void hugeLengthsAndDeepNestingAreMalformed() {
		XdrWriter deep = new XdrWriter().int32(6).int32(1).zeros(32);
		for (int i = 0; i < 20_000; i++) {
			deep.int32(16).int32(1).int32(1);
		}
		XdrWriter huge = new XdrWriter().int32(6).int32(1).zeros(32).int32(16).int32(1).int32(Integer.MAX_VALUE);

		for (XdrWriter bomb : List.of(deep, huge)) {
			JsonNode reply = this.chain.rpc.call("getLedgerEntries",
					Map.of("keys", List.of(Base64.getEncoder().encodeToString(bomb.toBytes()))));
			assertThat(reply.at("/error/message").asString()).startsWith("cannot unmarshal key value")
				.endsWith("at index 0");
		}
	}

	@Test
	void simulationErrorsAreNoRpcErrors() {
		assertThat(simulate("nonsense", "").get("error").asString()).isEqualTo("Could not unmarshal transaction");
		assertThat(simulate(Vectors.text("/approve/unsimulated/envelopeXdr"), "sometimes").get("error").asString())
			.isEqualTo("optional 'authMode' must be one of enforce,record,record_allow_nonroot when included");
		assertThat(simulate(Vectors.text("/approve/signed/envelopeXdr"), "record").get("error").asString())
			.isEqualTo("cannot set authMode to 'record' with an auth footprint");
		assertThat(simulate(Vectors.text("/paymentIssuerToUser/envelopeXdr"), "").get("error").asString())
			.isEqualTo("transaction contains unsupported operation type: OperationTypePayment");
	}

	@Test
	void bodyThatIsTooLargeIsRefused() {
		HttpResponse<String> response = this.chain.rpc.post(" ".repeat(512 * 1024 + 1));

		assertThat(response.statusCode()).isEqualTo(413);
	}

	@Test
	void webPagesOfAnyOriginMayCall() {
		HttpResponse<String> preflight = RpcClient.send(HttpRequest.newBuilder(this.chain.devnet.rpcUri())
			.method("OPTIONS", HttpRequest.BodyPublishers.noBody())
			.build());

		assertThat(preflight.statusCode()).isEqualTo(204);
		assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
		assertThat(RpcClient.get(this.chain.devnet.rpcUri()).statusCode()).isEqualTo(405);
		assertThat(new RpcClient(this.chain.devnet.rpcUri().resolve("/")).result("getHealth", Map.of())
			.get("status")
			.asString()).isEqualTo("healthy");
	}

	private JsonNode simulate(String envelope, String mode) {
		return this.chain.rpc.result("simulateTransaction", Map.of("transaction", envelope, "authMode", mode));
	}

	private static String key(KeyPair account) {
		return Base64.getEncoder()
			.encodeToString(new XdrWriter().int32(0).int32(0).raw(account.getPublicKey()).toBytes());
	}

}
