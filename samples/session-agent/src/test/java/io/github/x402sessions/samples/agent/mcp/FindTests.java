package io.github.x402sessions.samples.agent.mcp;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.samples.agent.Commands;
import io.modelcontextprotocol.spec.McpSchema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one buyer has paid for is found by others in the facilitator's catalogue, and paid
 * for as it was found: by commands and by models. Nobody has registered anything.
 */
class FindTests {

	@TempDir
	private static Path shared;

	private static PaidShop shop;

	@TempDir
	private Path folder;

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@BeforeAll
	static void payOnce() throws IOException {
		shop = new PaidShop();
		for (List<String> call : List.of(List.of("/weather/bergen?days=1"),
				List.of("/translate", "--data", "{\"text\":\"hei\",\"into\":\"en\"}"))) {
			List<String> args = new ArrayList<>(
					List.of("--url", shop.url() + call.get(0), "--calls", "1", "--rpc", shop.stellar().rpcUrl()));
			args.addAll(call.subList(1, call.size()));
			assertThat(Commands.of().setOut(new PrintWriter(new StringWriter())).execute(args.toArray(String[]::new)))
				.isZero();
		}
		Path found = shared.resolve("found.json");
		Eventually.isTrue(() -> FindTests.run(new StringWriter(), new StringWriter(), found, "find", "translates",
				"--facilitator", facilitator()) == 0);
		Eventually.isTrue(() -> FindTests.run(new StringWriter(), new StringWriter(), found, "find", "weather",
				"--facilitator", facilitator()) == 0);
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@Test
	void whatWasPaidOnceIsFoundAndPaidByItsNumber() {
		assertThat(find("weather in oslo", "--max-price", "0.05")).isZero();
		assertThat(this.out.toString()).contains(
				" 1  0.02 USDC  GET  " + shop.url() + "/weather/:city  A forecast of the weather", "--param city=",
				"--param days=", "pay       session-agent 1 --calls 1", "found     1");
		assertThat(run("1", "--calls", "1", "--rpc", shop.stellar().rpcUrl())).isEqualTo(2);
		assertThat(this.err.toString()).contains("--param: city (path), days (query) missing");
		assertThat(run("1", "--param", "city=Ny Ålesund", "--param", "days=2", "--calls", "1", "--rpc",
				shop.stellar().rpcUrl()))
			.isZero();
		assertThat(this.out.toString()).contains("call 1/1  200 paid 0.02 USDC",
				"{\"city\":\"Ny Ålesund\",\"days\":2}");
	}

	@Test
	void keptSessionPaysForWhatWasFound() {
		assertThat(find("translates a text")).isZero();
		assertThat(this.out.toString()).contains("POST", "--data '{");
		String session = this.folder.resolve("session.json").toString();
		assertThat(run("open", "1", "--example", "--session", session, "--rpc", shop.stellar().rpcUrl())).isZero();
		assertThat(run("pay", "1", "--session", session, "--calls", "1")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--data: is needed, a body of json, such as {");
		assertThat(
				run("pay", "1", "--session", session, "--calls", "1", "--body", "{\"text\":\"takk\",\"into\":\"de\"}"))
			.isZero();
		assertThat(this.out.toString()).contains("200 paid 0.01 USDC", "takk in de");
		assertThat(run("pay", "1", "--session", session, "--calls", "1", "--example")).isZero();
		assertThat(run("pay", "1", "--session", session, "--example", "--max-price", "0.009")).isEqualTo(3);
		assertThat(this.err.toString()).contains("a call costs 0.01 USDC, and may cost 0.009 USDC: nothing was paid");
	}

	@Test
	void whatIsDearerOrOfAnotherKindIsNotFound() {
		assertThat(find("weather", "--max-price", "0.0199")).isEqualTo(1);
		assertThat(this.out.toString()).contains("found     nothing");
		assertThat(find("weather", "--type", "mcp")).isEqualTo(1);
		assertThat(find("weather", "--scheme", "exact")).isEqualTo(1);
		assertThat(find("weather", "--network", "stellar:pubnet")).isEqualTo(1);
	}

	@Test
	void programsReadWhatWasFound() {
		assertThat(find("weather", "--json")).isZero();
		JsonNode found = new JsonMapper().readTree(this.out.toString()).path("found").path(0);
		assertThat(found.path("number").asInt()).isEqualTo(1);
		assertThat(found.path("price").asString()).isEqualTo("0.02");
		assertThat(found.path("payTo").asString()).isEqualTo(shop.stellar().merchant());
		assertThat(found.path("parameters").path(0).path("in").asString()).isEqualTo("path");
	}

	@Test
	void modelFindsAndBuys() {
		try (AgentProcess agent = agent("--allow", shop.url(), "--catalogue", facilitator(), "--cap", "0.10")) {
			Map<String, Object> answer = agent.done("x402_find",
					Map.of("query", "weather", "max_price", "0.05", "type", "http", "limit", 3));
			assertThat(answer).containsEntry("partial", false);
			Map<?, ?> found = (Map<?, ?>) ((List<?>) answer.get("found")).get(0);
			assertThat(found.get("origin_allowed")).isEqualTo(true);
			assertThat(found.get("price")).isEqualTo("0.02");
			assertThat(found.get("parameters").toString()).contains("name=city", "in=path", "required=true");
			String url = found.get("url").toString().replace(":city", "Oslo") + "?days=4";
			assertThat(agent.done("x402_fetch", Map.of("url", url, "max_price", "0.05"))).containsEntry("text",
					"{\"city\":\"Oslo\",\"days\":4}");
			assertThat(agent.done("x402_find", Map.of("query", "weather", "max_price", "0.0199")).get("found"))
				.isEqualTo(List.of());
			for (Map<String, Object> bad : List.<Map<String, Object>>of(Map.of(), Map.of("query", " "),
					Map.of("query", "a", "limit", 21), Map.of("query", "a", "limit", "3"),
					Map.of("query", "a", "type", "ftp"), Map.of("query", "a", "network", "x"))) {
				assertThat(agent.refused("x402_find", bad)).containsEntry("error", "invalid_request");
			}
			assertThat(agent.client().getServerInstructions()).contains("x402_find");
		}
	}

	@Test
	void modelIsToldWhomTheUserDoesNotAllow() {
		try (AgentProcess agent = agent("--allow", "https://shop.example", "--facilitator", facilitator())) {
			Map<?, ?> found = (Map<?, ?>) ((List<?>) agent.done("x402_find", Map.of("query", "weather")).get("found"))
				.get(0);
			assertThat(found.get("origin_allowed")).isEqualTo(false);
			assertThat(agent.refused("x402_fetch", Map.of("url", shop.url() + "/weather/Oslo?days=1")))
				.containsEntry("error", "origin_not_allowed");
		}
	}

	@Test
	void catalogueThatIsNoneIsTold() {
		try (AgentProcess agent = agent("--allow", shop.url(), "--catalogue", shop.url())) {
			assertThat(agent.refused("x402_find", Map.of("query", "weather")))
				.containsEntry("error", "catalogue_unavailable")
				.containsEntry("message",
						"the catalogue's answer to /discovery/search cannot be used: 404: there is no catalogue at this URL");
			assertThat(Objects.requireNonNull(agent.client().listTools().block()).tools())
				.extracting(McpSchema.Tool::name)
				.contains("x402_find");
		}
	}

	private static String facilitator() {
		return shop.stellar().facilitator().url().toString();
	}

	private static AgentProcess agent(String... options) {
		List<String> all = new ArrayList<>(List.of("--rpc", shop.stellar().rpcUrl()));
		all.addAll(List.of(options));
		return new AgentProcess(all, Map.of());
	}

	private int find(String question, String... more) {
		List<String> args = new ArrayList<>(List.of("find", question, "--facilitator", facilitator()));
		args.addAll(List.of(more));
		return run(args.toArray(String[]::new));
	}

	private int run(String... args) {
		this.out.getBuffer().setLength(0);
		this.err.getBuffer().setLength(0);
		return run(this.out, this.err, this.folder.resolve("state").resolve("found.json"), args);
	}

	private static int run(StringWriter out, StringWriter err, Path found, String... args) {
		List<String> all = new ArrayList<>(List.of(args));
		all.addAll(List.of("--found", found.toString()));
		String[] line = all.toArray(String[]::new);
		return Commands.of(line)
			.setOut(new PrintWriter(out))
			.setErr(new PrintWriter(err))
			.execute(Commands.options(line));
	}

}
