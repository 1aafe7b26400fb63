package io.github.x402sessions.devnet;

import java.io.IOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.requests.sorobanrpc.GetEventsRequest;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code getTransactions} and {@code getEvents}, page by page.
 */
class HistoryTests {

	private final ManualNetwork chain = new ManualNetwork();

	private final KeyPair payer = this.chain.holder("1");

	private final KeyPair spender = this.chain.account();

	private final KeyPair shop = this.chain.holder("0");

	private JsonNode approved;

	private JsonNode paid;

	@BeforeEach
	void happen() {
		this.approved = this.chain.approve(this.payer, this.spender, 100, 1000);
		this.chain.devnet.closeLedger();
		this.paid = this.chain.land(this.chain.transferFrom(this.spender, this.spender, this.payer, this.shop, 30));
	}

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void transactionsComeInTheirOrderAndPageByPage() {
		JsonNode all = result("getTransactions", "{\"startLedger\":1}");
		assertThat(values(all.get("transactions"), "txHash")).containsExactly(hash(this.approved), hash(this.paid));
		JsonNode found = all.at("/transactions/1");
		for (String same : List.of("status", "applicationOrder", "feeBump", "envelopeXdr", "resultXdr", "resultMetaXdr",
				"diagnosticEventsXdr", "events", "ledger")) {
			assertThat(found.get(same)).as(same).isEqualTo(this.paid.get(same));
		}
		assertThat(found.get("createdAt").isIntegralNumber()).isTrue();
		assertThat(all.get("latestLedgerCloseTimestamp").isIntegralNumber()).isTrue();
		JsonNode first = result("getTransactions", "{\"startLedger\":1,\"pagination\":{\"limit\":1}}");
		assertThat(values(first.get("transactions"), "txHash")).containsExactly(hash(this.approved));
		String next = "{\"pagination\":{\"limit\":1,\"cursor\":\"" + first.get("cursor").asString() + "\"}}";
		assertThat(values(result("getTransactions", next).get("transactions"), "txHash"))
			.containsExactly(hash(this.paid));
		String end = "{\"pagination\":{\"cursor\":\"" + all.get("cursor").asString() + "\"}}";
		assertThat(result("getTransactions", end).get("transactions")).isEmpty();
	}

	@Test
	void whatIsForgottenIsFoundNoMoreAndStaysDone() throws IOException {
		for (int ledger = 0; ledger < 5; ledger++) {
			this.chain.devnet.closeLedger();
		}
		String lookup = "{\"hash\":\"" + hash(this.paid) + "\"}";
		assertThat(result("getTransaction", lookup).get("status").asString()).isEqualTo("SUCCESS");
		new RpcClient(URI.create(this.chain.devnet.adminUri() + "/forget")).post("");
		JsonNode found = result("getTransaction", lookup);
		assertThat(found.get("status").asString()).isEqualTo("NOT_FOUND");
		assertThat(found.get("oldestLedger").asLong()).isEqualTo(this.chain.devnet.latestLedger() - 3)
			.isGreaterThan(this.paid.get("ledger").asLong());
		assertThat(
				result("getEvents", "{\"startLedger\":" + found.get("oldestLedger") + ",\"filters\":[]}").get("events"))
			.isEmpty();
		assertThat(this.chain.usdc(this.shop)).isEqualTo(30);
		JsonNode again = this.chain
			.land(this.chain.transferFrom(this.spender, this.spender, this.payer, this.shop, 70));
		assertThat(again.get("status").asString()).isEqualTo("SUCCESS");
	}

	@Test
	void eventsAreFoundByContractAndTopic() {
		String approve = base64(Scv.toSymbol("approve"));
		String transfer = base64(Scv.toSymbol("transfer"));
		String payer = base64(ManualNetwork.address(this.payer));
		assertThat(events("[]")).containsExactly(hash(this.approved), hash(this.paid));
		assertThat(events("[{\"type\":\"contract\",\"contractIds\":[\"%s\"],\"topics\":[[\"%s\",\"*\",\"*\",\"*\"]]}]"
			.formatted(this.chain.devnet.usdcContract(), transfer))).containsExactly(hash(this.paid));
		assertThat(events("[{\"topics\":[[\"%s\",\"%s\",\"**\"]]}]".formatted(approve, payer)))
			.containsExactly(hash(this.approved));
		assertThat(events("[{\"topics\":[[\"%s\"]]}]".formatted(approve))).as("of one topic").isEmpty();
		assertThat(events("[{\"type\":\"system\"}]")).isEmpty();
		assertThat(events("[{\"contractIds\":[\"CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA\"]}]"))
			.isEmpty();
		JsonNode event = result("getEvents", "{\"startLedger\":1,\"filters\":[]}").at("/events/1");
		assertThat(event.get("type").asString()).isEqualTo("contract");
		assertThat(event.get("contractId").asString()).isEqualTo(this.chain.devnet.usdcContract());
		assertThat(event.get("value").asString()).isEqualTo(base64(ManualNetwork.amount(30)));
		assertThat(event.get("ledger").asLong()).isEqualTo(this.paid.get("ledger").asLong());
		assertThat(event.get("id").asString())
			.isEqualTo("%019d-0000000000".formatted((this.paid.get("ledger").asLong() << 32) | (1 << 12)));
		assertThat(event.get("operationIndex").asInt()).isZero();
		assertThat(event.get("transactionIndex").asInt()).isEqualTo(1);
		assertThat(event.get("ledgerClosedAt").asString()).endsWith("Z");
	}

	@Test
	void eventsComePageByPageAndUpToALedger() {
		JsonNode first = result("getEvents", "{\"startLedger\":1,\"pagination\":{\"limit\":1}}");
		assertThat(values(first.get("events"), "txHash")).containsExactly(hash(this.approved));
		String next = "{\"pagination\":{\"cursor\":\"" + first.get("cursor").asString() + "\"}}";
		JsonNode second = result("getEvents", next);
		assertThat(values(second.get("events"), "txHash")).containsExactly(hash(this.paid));
		assertThat(second.get("cursor").asString()).isEqualTo(
				"%019d-4294967295".formatted((this.chain.devnet.latestLedger() << 32) | (1048575L << 12) | 4095));
		assertThat(second.get("latestLedgerCloseTime").isString()).isTrue();
		String until = "{\"startLedger\":1,\"endLedger\":" + this.paid.get("ledger").asLong() + "}";
		assertThat(values(result("getEvents", until).get("events"), "txHash")).containsExactly(hash(this.approved));
	}

	@Test
	void ledgersComePageByPage() {
		JsonNode first = result("getLedgers", "{\"startLedger\":2,\"pagination\":{\"limit\":2}}");
		assertThat(first.get("ledgers")).hasSize(2);
		assertThat(first.get("cursor").asString()).isEqualTo("3");
		assertThat(first.get("latestLedgerCloseTime").isNumber()).isTrue();
		JsonNode second = result("getLedgers", "{\"pagination\":{\"cursor\":\"3\"}}");
		assertThat(second.get("ledgers")).hasSize(1);
		JsonNode last = second.at("/ledgers/0");
		JsonNode latest = result("getLatestLedger", "{}");
		assertThat(last.get("sequence")).isEqualTo(latest.get("sequence"));
		assertThat(last.get("hash")).isEqualTo(latest.get("id"));
		assertThat(last.get("ledgerCloseTime")).isEqualTo(latest.get("closeTime"));
		assertThat(last.get("metadataXdr")).isEqualTo(latest.get("metadataXdr"));
		assertThat(XdrCodec.bytes(last.get("headerXdr").asString()))
			.isEqualTo(new XdrWriter().raw(HexFormat.of().parseHex(latest.get("id").asString()))
				.raw(XdrCodec.bytes(latest.get("headerXdr").asString()))
				.int32(0)
				.toBytes());
	}

	@Test
	void sdkReadsEvents() throws Exception {
		GetEventsRequest request = GetEventsRequest.builder()
			.startLedger(1L)
			.filter(GetEventsRequest.EventFilter.builder()
				.contractIds(List.of(this.chain.devnet.usdcContract()))
				.topic(List.of("*", base64(ManualNetwork.address(this.payer)), "*", "*"))
				.build())
			.build();
		assertThat(this.chain.server.getEvents(request).getEvents()).hasSize(2)
			.last()
			.satisfies((event) -> assertThat(event.getValue()).isEqualTo(base64(ManualNetwork.amount(30))));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					getTransactions | {"startLedger":99}                            | -32600 | start ledger (99) must be between the oldest ledger: 1 and the latest ledger: 4 for this rpc instance
					getTransactions | {"startLedger":1,"pagination":{"cursor":"1"}} | -32600 | startLedger (1) and cursor (1) cannot both be set
					getTransactions | {"startLedger":1,"pagination":{"limit":201}}  | -32600 | limit must not exceed 200
					getTransactions | {"pagination":{"cursor":"x"}}                 | -32602 | cursor is not a number
					getTransactions | {"startLedger":-1}                            | -32602 | startLedger must be a whole number
					getEvents       | {}                                            | -32602 | startLedger must be positive
					getEvents       | {"startLedger":99}                            | -32600 | startLedger must be within the ledger range: 1 - 4
					getEvents       | {"startLedger":1,"pagination":{"cursor":"0000000004294971392-0000000000"}} | -32602 | ledger ranges and cursor cannot both be set
					getEvents       | {"pagination":{"cursor":"x"}}                 | -32602 | invalid event id x
					getEvents       | {"startLedger":1,"pagination":{"limit":10001}} | -32602 | limit must not exceed 10000
					getEvents       | {"startLedger":1,"filters":[{},{},{},{},{},{}]} | -32602 | maximum 5 filters per request
					getEvents       | {"startLedger":1,"filters":[{"type":"odd"}]}  | -32602 | filter 1 invalid: filter type invalid: if set, type must be either 'system' or 'contract'
					getEvents       | {"startLedger":1,"filters":[{"contractIds":["C"]}]} | -32602 | filter 1 invalid: contract ID 1 invalid
					getEvents       | {"startLedger":1,"filters":[{"topics":[[]]}]} | -32602 | filter 1 invalid: topic 1 invalid: topic must have at least 1 segment
					getEvents       | {"startLedger":1,"filters":[{"topics":[["**","*"]]}]} | -32602 | filter 1 invalid: topic 1 invalid: segment 1 invalid: wildcard '**' is only allowed as the last segment
					getEvents       | {"startLedger":1,"filters":[{"topics":[["*","*","*","*","*"]]}]} | -32602 | filter 1 invalid: topic 1 invalid: topic cannot have more than 4 segments
					getEvents       | {"startLedger":1,"filters":7}                 | -32602 | filters must be an array
					getLedgers      | {"startLedger":99}                            | -32600 | start ledger (99) must be between the oldest ledger: 1 and the latest ledger: 4 for this rpc instance
					getLedgers      | {"startLedger":1,"pagination":{"cursor":"1"}} | -32600 | startLedger (1) and cursor (1) cannot both be set
					getLedgers      | {"startLedger":1,"pagination":{"limit":201}}  | -32600 | limit must not exceed 200
					getLedgers      | {"pagination":{"cursor":"4"}}                 | -32602 | cursor ('4') must be between the oldest ledger: 1 and the latest ledger: 4 for this rpc instance
					getLedgers      | {"pagination":{"cursor":"x"}}                 | -32602 | cursor is not a number
					getTransaction  | {"hash":"00","xdrFormat":"json"}              | -32602 | expected xdrFormat to be '' or 'base64', got 'json'; 'json' is not spoken here
					getLedgerEntries | {"keys":[],"xdrFormat":"json"}               | -32602 | expected xdrFormat to be '' or 'base64', got 'json'; 'json' is not spoken here
					simulateTransaction | {"transaction":"","xdrFormat":"json"}     | -32602 | expected xdrFormat to be '' or 'base64', got 'json'; 'json' is not spoken here
					sendTransaction | {"transaction":"","xdrFormat":"xdr"}          | -32602 | expected xdrFormat to be '' or 'base64', got 'xdr'; 'json' is not spoken here
					getEvents       | {"startLedger":1,"xdrFormat":"json"}          | -32602 | expected xdrFormat to be '' or 'base64', got 'json'; 'json' is not spoken here
					""")
	void wrongQuestionGetsTheServersWords(String method, String params, int code, String message) {
		JsonNode reply = call(method, params);
		assertThat(reply.at("/error/message").asString()).isEqualTo(message);
		assertThat(reply.at("/error/code").asInt()).isEqualTo(code);
	}

	private List<String> events(String filters) {
		return values(result("getEvents", "{\"startLedger\":1,\"filters\":" + filters + "}").get("events"), "txHash");
	}

	private JsonNode result(String method, String params) {
		JsonNode reply = call(method, params);
		assertThat(reply.has("result")).as(reply.toString()).isTrue();
		return reply.get("result");
	}

	private JsonNode call(String method, String params) {
		return this.chain.rpc
			.json("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}".formatted(method, params));
	}

	private static List<String> values(JsonNode items, String name) {
		return StreamSupport.stream(items.spliterator(), false).map((item) -> item.get(name).asString()).toList();
	}

	private static String hash(JsonNode applied) {
		return applied.get("txHash").asString();
	}

	private static String base64(SCVal value) {
		return ManualNetwork.ask(value::toXdrBase64);
	}

}
