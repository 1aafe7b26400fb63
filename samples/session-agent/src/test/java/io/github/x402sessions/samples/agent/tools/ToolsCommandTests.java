package io.github.x402sessions.samples.agent.tools;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.samples.agent.Commands;
import io.github.x402sessions.samples.agent.mcp.AgentProcess;
import io.github.x402sessions.samples.local.LocalSettings;
import io.github.x402sessions.samples.local.LocalStellar;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code session-agent tools} with a server of Spring AI whose tools cost, on a ledger.
 */
class ToolsCommandTests {

	private static LocalStellar stellar;

	private static ToolShop shop;

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@TempDir
	private Path folder;

	@BeforeAll
	static void start() {
		stellar = LocalStellar
			.start(new LocalSettings(0, Duration.ofMillis(200), 0, null, Map.of("poll-interval", "50ms"), 0));
		shop = ToolShop.over("streamable", stellar);
	}

	@AfterAll
	static void stop() {
		shop.close();
		stellar.close();
	}

	@Test
	void toolsAreListedWithTheirPrices() {
		assertThat(run("--url", shop.url() + "/mcp")).isZero();
		assertThat(this.out.toString().lines())
			.anyMatch((line) -> line.matches("line +0.01 USDC a call +A line about a subject"))
			.anyMatch((line) -> line.matches("dear +0.5 USDC a call +Gold"))
			.anyMatch((line) -> line.matches("hello +free +A greeting"));
	}

	@Test
	void listIsAnObjectForPrograms() {
		assertThat(run("--url", shop.url(), "--json")).isZero();
		JsonNode tools = json().path("tools");
		assertThat(tools).anySatisfy((tool) -> assertThat(tool.toString()).contains("\"name\":\"line\"",
				"\"paid\":true", "\"price\":\"0.01\"", "\"asset\":\"USDC\""));
	}

	@Test
	void toolIsCalledAndPaidFor() {
		assertThat(run("--url", shop.url(), "--call", "line", "--args", "{\"subject\":\"rain\"}")).isZero();
		assertThat(this.out.toString()).containsPattern("paid      0.01 USDC by [0-9a-f]{64}\n")
			.containsPattern("Line [0-9]+ about rain");
	}

	@Test
	void callIsAnObjectForPrograms() {
		assertThat(run("--url", shop.url(), "--json", "--call", "line", "--args", "{\"subject\":\"snow\"}")).isZero();
		JsonNode call = json();
		assertThat(call.path("amount").asString()).isEqualTo("0.01");
		assertThat(call.path("transaction").asString()).matches("[0-9a-f]{64}");
		assertThat(call.path("text").asString()).contains("about snow");
		assertThat(call.path("failed").asBoolean()).isFalse();
	}

	@Test
	void callWithANameIsPaidOnceFromASessionThatIsKept() {
		int before = shop.lines();
		String file = this.folder.resolve("session.json").toString();
		String[] call = { "--url", shop.url(), "--session", file, "--json", "--call", "line", "--args",
				"{\"subject\":\"names\"}", "--idempotency-key", "the-one" };
		assertThat(run(call)).isZero();
		assertThat(run(call)).isZero();
		List<JsonNode> answers = this.out.toString().lines().map(new JsonMapper()::readTree).toList();
		assertThat(answers.get(1).path("text")).isEqualTo(answers.get(0).path("text"));
		assertThat(shop.lines()).isEqualTo(before + 1);
		assertThat(execute("status", "--session", file)).isZero();
		assertThat(this.out.toString()).contains("spent 0.01 USDC");
	}

	@Test
	void toolThatIsTooDearIsNotPaid() {
		assertThat(run("--url", shop.url(), "--call", "dear")).isEqualTo(1);
		assertThat(this.out.toString()).contains("not paid  it costs 0.5 USDC now, more than a call may cost")
			.doesNotContain("gold");
		assertThat(run("--url", shop.url(), "--call", "dear", "--max-price", "0.5")).isZero();
		assertThat(this.out.toString()).contains("gold");
	}

	@Test
	void serverThatNamesItsToolsOnlyIsPaidWhereTheUserSaysSo() {
		try (ToolShop stock = ToolShop.over("streamable", stellar, "--x402.mcp.server-url=mcp://tool/line")) {
			assertThat(run("--url", stock.url(), "--call", "line", "--args", "{\"subject\":\"names\"}")).isEqualTo(1);
			assertThat(this.out.toString()).contains("not paid").doesNotContain("about names");
			assertThat(
					run("--url", stock.url(), "--call", "dear", "--max-price", "0.5", "--public-origin", "mcp://tool"))
				.isEqualTo(1);
			assertThat(this.out.toString()).doesNotContain("gold");
			assertThat(run("--url", stock.url(), "--call", "line", "--args", "{\"subject\":\"names\"}",
					"--public-origin", "mcp://tool"))
				.isZero();
			assertThat(this.out.toString()).contains("about names");
		}
	}

	@Test
	void freeToolIsNotPaid() {
		assertThat(run("--url", shop.url(), "--call", "hello")).isZero();
		assertThat(this.out.toString()).contains("free      nothing was asked", "hello");
		assertThat(this.err.toString()).doesNotContain("account");
	}

	@Test
	void toolThatFailsIsNotPaid() {
		assertThat(run("--url", shop.url(), "--call", "broken")).isEqualTo(1);
		assertThat(this.out.toString()).contains("not paid");
		assertThat(run("--url", shop.url(), "--call", "nothing-like-that")).isEqualTo(1);
	}

	@Test
	void serverMaySpeakSse() {
		try (ToolShop sse = ToolShop.over("sse", stellar)) {
			assertThat(run("--url", sse.url(), "--sse", "--call", "line", "--args", "{\"subject\":\"events\"}"))
				.isZero();
			assertThat(this.out.toString()).contains("paid      0.01 USDC by", "about events");
		}
	}

	@Test
	void serverMayBeAProcess() {
		List<String> command = new ArrayList<>(AgentProcess.command(List.of()));
		List<String> options = new ArrayList<>(List.of("--command", command.get(0)));
		command.subList(1, command.indexOf("-cp") + 2).forEach((argument) -> options.add("--arg=" + argument));
		options.add("--arg=" + ToolShop.class.getName());
		ToolShop.arguments(stellar).forEach((argument) -> options.add("--arg=" + argument));
		options.add("--arg=--logging.threshold.console=off");
		options.addAll(List.of("--call", "line", "--args", "{\"subject\":\"pipes\"}"));
		assertThat(run(options.toArray(String[]::new))).isZero();
		assertThat(this.out.toString()).contains("paid      0.01 USDC by", "about pipes");
	}

	@ParameterizedTest
	@CsvSource({ "--public-origin,tool,--public-origin", "--args,nonsense,is no JSON object",
			"--args,[],is no JSON object", "--args,@no-such-file,cannot be read", "--max-price,-1,--max-price" })
	void wrongOptionsAreTold(String option, String value, String problem) {
		assertThat(run("--url", shop.url(), "--call", "line", option, value)).isEqualTo(2);
		assertThat(this.err.toString()).contains(option, problem);
	}

	@Test
	void placeHasToBeOneThatIsSafeAndThere() throws Exception {
		assertThat(run()).isEqualTo(2);
		assertThat(run("--url", "http://tools.example/mcp")).isEqualTo(2);
		assertThat(this.err.toString()).contains("has to be https");
		assertThat(run("--url", "http://localhost:1/mcp")).isEqualTo(3);
		assertThat(this.err.toString()).contains("http://localhost:1/mcp does not answer as an MCP server does");
		Path text = Files.writeString(this.folder.resolve("text"), "no programme");
		assertThat(run("--command", text.toString())).isEqualTo(2);
		assertThat(this.err.toString()).contains("--command: there is no programme " + text);
	}

	private JsonNode json() {
		return new JsonMapper().readTree(this.out.toString());
	}

	private int run(String... options) {
		List<String> arguments = new ArrayList<>(List.of("tools", "--rpc", stellar.rpcUrl()));
		arguments.addAll(List.of(options));
		return execute(arguments.toArray(String[]::new));
	}

	private int execute(String... arguments) {
		return Commands.of(arguments)
			.setOut(new PrintWriter(this.out))
			.setErr(new PrintWriter(this.err))
			.execute(Commands.options(arguments));
	}

}
