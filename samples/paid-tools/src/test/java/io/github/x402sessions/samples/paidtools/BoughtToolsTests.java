package io.github.x402sessions.samples.paidtools;

import java.math.BigInteger;
import java.util.Map;

import io.github.x402sessions.samples.local.LocalStellar;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample as it starts with no configuration but free ports and a fast ledger: what
 * the agent says it did, what the ledger says, and what others get.
 */
@ExtendWith(OutputCaptureExtension.class)
class BoughtToolsTests {

	private static final String TRANSACTION = "payment  %s USDC, transaction [0-9a-f]{64}\n";

	private static ConfigurableApplicationContext application;

	private static String said;

	@BeforeAll
	static void start(CapturedOutput output) {
		application = PaidToolsApplication.start("--server.port=0", "--facilitator.port=0", "--devnet.port=0",
				"--devnet.https-port=0", "--devnet.ledger-interval=200ms", "--facilitator.poll-interval=50ms");
		said = output.getOut();
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void theAgentSeesWhatToolsCost() {
		assertThat(said).containsPattern("places +free\n")
			.containsPattern("sun_times +0.01 USDC\n")
			.containsPattern("sun_table +0.03 USDC\n");
	}

	@Test
	void whatIsFreeAndWhatFailsCostsNothing() {
		assertThat(said).containsSubsequence("Which places do you know?", "call     places {}",
				"agent    Athens, Lisbon, ", "budget   0.05 USDC of 0.05 USDC left", "sun rise in Lisbon");
		assertThat(said).containsSubsequence("sun rise in Atlantis", "call     sun_times ",
				"payment  none, the tool has failed", "agent    I do not have that: the tool has failed.",
				"budget   0.04 USDC of 0.05 USDC left", "sun in Oslo");
	}

	@Test
	void aCallIsPaidAndATableByTheDay() {
		assertThat(said).containsSubsequence("call     sun_times {\"place\":\"Lisbon\",\"date\":\"2026-12-21\"}",
				"payment  0.01 USDC, transaction ", "agent    Lisbon, 2026-12-21, 07:51, 17:18, 9:27",
				"budget   0.04 USDC of 0.05 USDC left");
		assertThat(said).containsSubsequence("call     sun_table ", "payment  0.014 USDC, transaction ",
				"agent    Oslo, 2026-12-21, 09:18, 15:12, 5:53", "Oslo, 2026-12-27, ",
				"budget   0.026 USDC of 0.05 USDC left");
		assertThat(said).containsPattern(TRANSACTION.formatted("0.01")).containsPattern(TRANSACTION.formatted("0.014"));
		LocalStellar ledger = application.getBean(LocalStellar.class);
		assertThat(ledger.usdc(ledger.merchant())).isEqualTo(BigInteger.valueOf(240_000));
		assertThat(said).contains("The seller has 0.024 USDC, by the ledger.");
	}

	@Test
	void whereTheBudgetEndsNothingIsPaidOrTold() {
		assertThat(said.substring(said.indexOf("sun in Athens")))
			.containsSubsequence("call     sun_table ", "payment  refused by the server, cap_exceeded",
					"agent    I do not have that: it was not paid for.", "budget   0.026 USDC of 0.05 USDC left")
			.doesNotContain("2026-12-22");
	}

	@Test
	void whoDoesNotPayIsToldThePriceAlone() {
		String url = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
		try (McpSyncClient client = McpClient.sync(HttpClientStreamableHttpTransport.builder(url).build()).build()) {
			client.initialize();
			Map<String, Object> day = Map.of("place", "Lisbon", "date", "2026-12-21");
			Map<String, Object> days = Map.of("place", "Lisbon", "from", "2026-12-21", "days", 2);
			assertThat(text(client, "places", Map.of(), false)).contains("Lisbon");
			assertThat(text(client, "sun_times", day, true)).contains("\"amount\":\"100000\"")
				.doesNotContain("07:51", "17:18");
			assertThat(text(client, "sun_table", days, true)).contains("\"amount\":\"300000\"")
				.doesNotContain("07:51", "17:18");
		}
	}

	private static String text(McpSyncClient client, String tool, Map<String, Object> arguments, boolean refused) {
		CallToolResult result = client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
		assertThat(Boolean.TRUE.equals(result.isError())).isEqualTo(refused);
		return assertThat(result.content()).singleElement(InstanceOfAssertFactories.type(TextContent.class))
			.actual()
			.text();
	}

}
