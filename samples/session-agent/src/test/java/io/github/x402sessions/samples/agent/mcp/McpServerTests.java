package io.github.x402sessions.samples.agent.mcp;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.x402sessions.samples.agent.Commands;
import io.modelcontextprotocol.spec.McpSchema;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Purchases of a client of the MCP SDK, by an agent in a process of its own, from a
 * server that charges, on a ledger.
 */
class McpServerTests {

	private static PaidShop shop;

	@TempDir
	private static Path shared;

	/** With a budget that does for all tests that have none of their own. */
	private static AgentProcess agent;

	@TempDir
	private Path folder;

	@BeforeAll
	static void start() {
		shop = new PaidShop();
		agent = agent(shared.resolve("shared.json"), "--total", "2", "--cap", "2");
	}

	@AfterAll
	static void stop() {
		agent.close();
		shop.close();
	}

	@Test
	void toolsSayWhatTheyTakeReturnAndDo() {
		List<McpSchema.Tool> tools = Objects.requireNonNull(agent.client().listTools().block()).tools();
		assertThat(tools).extracting(McpSchema.Tool::name)
			.containsExactlyInAnyOrder("x402_price", "x402_fetch", "x402_budget");
		assertThat(tools).allSatisfy((tool) -> {
			assertThat(tool.inputSchema()).containsEntry("additionalProperties", false);
			assertThat(tool.outputSchema()).containsKeys("properties", "anyOf");
		});
		McpSchema.ToolAnnotations fetch = tools.stream()
			.filter((tool) -> tool.name().equals("x402_fetch"))
			.findFirst()
			.orElseThrow()
			.annotations();
		assertThat(fetch.readOnlyHint()).isFalse();
		assertThat(fetch.destructiveHint()).isTrue();
		assertThat(fetch.openWorldHint()).isTrue();
		assertThat(agent.client().getServerInstructions()).contains("x402_price before x402_fetch");
	}

	@Test
	void priceIsToldAndNothingPaid() {
		int before = shop.quotes();
		Map<String, Object> price = agent.done("x402_price", Map.of("url", shop.url() + "/quote"));
		assertThat(price).containsEntry("price", "0.01")
			.containsEntry("asset", "USDC")
			.containsEntry("payment_required", true)
			.containsEntry("within_limits", true)
			.doesNotContainKey("error");
		assertThat(price.get("ways")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.anySatisfy((way) -> assertThat(way).asString().contains("scheme=session", "payable=true"));
		assertThat(shop.quotes()).isEqualTo(before);
	}

	@Test
	void priceAboveTheLimitIsToldAsSuch() {
		assertThat(agent.done("x402_price", Map.of("url", shop.url() + "/dear"))).containsEntry("price", "0.5")
			.containsEntry("within_limits", false)
			.containsEntry("error", "price_above_limit");
	}

	@Test
	void purchaseIsPaidFromASessionThatOutlivesTheProcess() throws IOException {
		Path file = this.folder.resolve("session.json");
		try (AgentProcess first = agent(file)) {
			Map<String, Object> bought = first.done("x402_fetch", Map.of("url", shop.url() + "/quote"));
			assertThat(bought).containsEntry("status", 200).containsEntry("left", "0.99");
			assertThat(bought.get("text")).asString().contains("Small payments");
			assertThat(bought.get("receipt")).asString()
				.contains("amount=0.01", "at_most=false", "asset=USDC", "scheme=session", "transaction=");
			assertThat(first.done("x402_budget", Map.of())).containsEntry("spent", "0.01");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
			assertThat(first.log()).contains("opening   a session for " + shop.stellar().merchant())
				.doesNotContain(secret(file));
		}
		try (AgentProcess second = agent(file)) {
			second.done("x402_fetch", Map.of("url", shop.url() + "/quote"));
			assertThat(second.log()).doesNotContain("opening");
			assertThat(second.done("x402_budget", Map.of()).get("sessions")).asString()
				.contains("status=active", "cap=1", "spent=0.02", "remaining=0.98", "signed=true");
		}
		assertThat(run("status", "--session", file.toString())).contains("spent 0.02 USDC");
		assertThat(run("close", "--session", file.toString(), "--rpc", shop.stellar().rpcUrl()))
			.contains("nothing more can be spent");
		assertThat(file).doesNotExist();
	}

	@Test
	void requestIsMadeAsTheModelWantsIt() {
		Map<String, Object> answer = agent.done("x402_fetch", Map.of("url", shop.url() + "/chat", "body",
				"{\"message\":\"hello\"}", "headers", Map.of("X-Mood", "merry")));
		assertThat(answer.get("text")).isEqualTo("{\"reply\":\"merry: hello\"}");
		assertThat(answer.get("receipt")).asString().contains("amount=0.02");
	}

	@Test
	void whatHasANameIsChargedOnce() {
		int before = shop.quotes();
		Map<String, Object> call = Map.of("url", shop.url() + "/quote", "idempotency_key", "my-only-quote");
		Map<String, Object> first = agent.done("x402_fetch", call);
		Map<String, Object> again = agent.done("x402_fetch", call);
		assertThat(again.get("text")).isEqualTo(first.get("text"));
		assertThat(transaction(again)).isEqualTo(transaction(first));
		assertThat(shop.quotes()).isEqualTo(before + 1);
	}

	@Test
	void callThatMayCostLessIsNotPaid() {
		int before = shop.quotes();
		assertThat(agent.refused("x402_fetch", Map.of("url", shop.url() + "/quote", "max_price", "0.009")))
			.containsEntry("error", "price_above_limit")
			.containsEntry("price", "0.01")
			.containsEntry("limit", "0.009")
			.containsEntry("asset", "USDC")
			.containsEntry("status", 402);
		assertThat(agent.refused("x402_fetch", Map.of("url", shop.url() + "/dear", "max_price", "5")))
			.containsEntry("error", "price_above_limit")
			.containsEntry("limit", "0.1");
		assertThat(shop.quotes()).isEqualTo(before);
	}

	@Test
	void budgetHoldsForCallsAtTheSameTime() {
		int before = shop.quotes();
		try (AgentProcess poor = agent(this.folder.resolve("session.json"), "--cap", "0.05", "--max-price", "0.05")) {
			List<McpSchema.CallToolResult> results = poor.calls(12, "x402_fetch", Map.of("url", shop.url() + "/quote"));
			assertThat(results).filteredOn((result) -> !Boolean.TRUE.equals(result.isError())).hasSize(5);
			assertThat(results).filteredOn((result) -> Boolean.TRUE.equals(result.isError()))
				.allSatisfy((result) -> assertThat(result.structuredContent()).asString()
					.contains("error=budget_exhausted"));
			assertThat(poor.done("x402_budget", Map.of())).containsEntry("spent", "0.05").containsEntry("left", "0");
			assertThat(poor.done("x402_price", Map.of("url", shop.url() + "/quote")))
				.containsEntry("within_limits", false)
				.containsEntry("error", "budget_exhausted");
		}
		assertThat(shop.quotes()).isEqualTo(before + 5);
	}

	@ParameterizedTest
	@CsvSource({ "exact", "auto" })
	void callsAreSignedForWhereTheUserWantsThat(String scheme) {
		try (AgentProcess exact = agent(this.folder.resolve("session.json"), "--scheme", scheme, "--cap", "0.015",
				"--max-price", "0.01")) {
			Map<String, Object> bought = exact.done("x402_fetch", Map.of("url", shop.url() + "/single"));
			assertThat(bought).containsEntry("text", "one").containsEntry("left", "0.005");
			assertThat(bought.get("receipt")).asString().contains("scheme=exact", "amount=0.01");
			assertThat(exact.refused("x402_fetch", Map.of("url", shop.url() + "/single")))
				.containsEntry("error", "budget_exhausted")
				.containsEntry("price", "0.01")
				.containsEntry("limit", "0.005");
		}
		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void sessionIsNotOpenedForWhoWantsNone() {
		try (AgentProcess exact = agent(this.folder.resolve("session.json"), "--scheme", "exact")) {
			assertThat(exact.refused("x402_fetch", Map.of("url", shop.url() + "/quote"))).containsEntry("error",
					"terms_not_payable");
		}
		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void whatIsFreeIsFetchedAndNothingPaid() {
		assertThat(agent.done("x402_fetch", Map.of("url", shop.url() + "/free"))).containsEntry("text", "a present")
			.doesNotContainKey("receipt");
		assertThat(agent.done("x402_price", Map.of("url", shop.url() + "/free"))).containsEntry("status", 200)
			.containsEntry("payment_required", false);
	}

	@Test
	void redirectIsToldAndNotFollowed() {
		assertThat(agent.done("x402_fetch", Map.of("url", shop.url() + "/moved"))).containsEntry("status", 302)
			.containsEntry("location", "http://169.254.169.254/");
	}

	@Test
	void bodiesAreOfBoundedLengthAndOfAnyKind() {
		Map<String, Object> book = agent.done("x402_fetch", Map.of("url", shop.url() + "/book"));
		assertThat(book).containsEntry("truncated", true);
		assertThat(book.get("text")).asString().hasSize(20_000);
		assertThat(agent.done("x402_fetch", Map.of("url", shop.url() + "/picture"))).containsEntry("base64", "AQID")
			.containsEntry("content_type", "image/png")
			.doesNotContainKey("text");
	}

	@ParameterizedTest
	@CsvSource({ "http://localhost:1/quote", "https://example.com/quote", "http://169.254.169.254/latest/meta-data",
			"http://localhost.evil.example/quote" })
	void nothingIsSentToServersThatTheUserDoesNotAllow(String url) {
		assertThat(agent.refused("x402_fetch", Map.of("url", url))).containsEntry("error", "origin_not_allowed");
		assertThat(agent.refused("x402_price", Map.of("url", url))).containsEntry("error", "origin_not_allowed");
	}

	@ParameterizedTest
	@CsvSource({ "no url at all", "/quote", "file:///etc/passwd", "ftp://localhost/quote", "http:///quote",
			"http://user:word@localhost/quote", "http://localhost/quote#part" })
	void whatIsNoUrlIsRefused(String url) {
		assertThat(agent.refused("x402_fetch", Map.of("url", url))).containsEntry("error", "invalid_request");
		assertThat(agent.refused("x402_price", Map.of("url", url))).containsEntry("error", "invalid_request");
	}

	@Test
	void argumentsThatCannotBeUsedAreRefused() {
		String url = shop.url() + "/quote";
		List<Map<String, Object>> calls = List.of(Map.of(), Map.of("url", 7), Map.of("url", url, "maxPrice", "1"),
				Map.of("url", url, "max_price", 0.01), Map.of("url", url, "max_price", "a cent"),
				Map.of("url", url, "headers", Map.of("PAYMENT-SIGNATURE", "x")),
				Map.of("url", url, "headers", Map.of("Idempotency-Key", "x")),
				Map.of("url", url, "headers", Map.of("Host", "other")),
				Map.of("url", url, "body", "0\r\n\r\nGET /free HTTP/1.1\r\n\r\n", "headers",
						Map.of("transfer-encoding", "chunked")),
				Map.of("url", url, "headers", Map.of("X-A", "a\r\nX-B: b")), Map.of("url", url, "method", "GET /"),
				Map.of("url", url, "idempotency_key", " "));
		assertThat(calls).allSatisfy(
				(call) -> assertThat(agent.refused("x402_fetch", call)).containsEntry("error", "invalid_request")
					.containsKey("message"));
	}

	@Test
	void noFileOfThisMachineIsSent() throws IOException {
		Path secret = Files.writeString(this.folder.resolve("secret"), "{\"message\":\"secret\"}");
		Map<String, Object> answer = agent.refused("x402_fetch", Map.of("url", shop.url() + "/chat", "body",
				"@" + secret, "headers", Map.of("X-Mood", "sly", "Content-Type", "application/json")));
		assertThat(answer).containsEntry("error", "payment_refused").containsEntry("status", 400);
		assertThat(answer.toString()).doesNotContain("sly: secret");
	}

	@ParameterizedTest
	@CsvSource({ "--allow,http://shop.example,has to be https", "--allow,mailto:a@b,is not an absolute http",
			"--max-price,5,more than may be spent in all", "--total,0.5,less than the --cap",
			"--max-price,0,--max-price", "--max-body,0,--max-body", "--scheme,cash,must be session" })
	void wrongOptionsAreToldAtTheStart(String option, String value, String problem) {
		StringWriter err = new StringWriter();
		String[] args = { "mcp", "--allow", shop.url(), option, value };
		assertThat(Commands.of(args).setErr(new PrintWriter(err)).execute(Commands.options(args))).isEqualTo(2);
		assertThat(err.toString()).contains(option, problem);
	}

	private static Object transaction(Map<String, Object> answer) {
		return ((Map<?, ?>) answer.get("receipt")).get("transaction");
	}

	private static String secret(Path file) throws IOException {
		return Files.readString(file).replaceAll("(?s).*\"secretSessionId\"\\s*:\\s*\"([^\"]+)\".*", "$1");
	}

	private static String run(String... args) {
		StringWriter out = new StringWriter();
		assertThat(Commands.of(args).setOut(new PrintWriter(out)).execute(Commands.options(args))).isZero();
		return out.toString();
	}

	private static AgentProcess agent(Path file, String... more) {
		List<String> options = new ArrayList<>(List.of("--allow", shop.url(), "--rpc", shop.stellar().rpcUrl(),
				"--session", file.toString(), "--max-body", "20000"));
		options.addAll(List.of(more));
		return new AgentProcess(options, Map.of());
	}

}
