package io.github.x402sessions.samples.paidtools;

import java.math.BigDecimal;
import java.util.Map;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.samples.local.EmbeddedDefault;
import io.github.x402sessions.samples.local.LocalStellar;
import io.github.x402sessions.samples.paidtools.agent.SunAgent;
import io.github.x402sessions.stellar.account.AccountKey;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the server. Where {@code x402.facilitator.url} is not set, a ledger and a
 * facilitator start in the same process, and then an agent, which buys from the server
 * until its budget is used up.
 */
@SpringBootApplication(scanBasePackages = "io.github.x402sessions.samples.paidtools.shop")
public class PaidToolsApplication {

	/** What the agent's account has, whole tokens. What it may spend is less. */
	private static final BigDecimal PLAY_MONEY = BigDecimal.ONE;

	/**
	 * Start the application.
	 * @param arguments Spring Boot's arguments, for server and agent
	 */
	public static void main(String[] arguments) {
		start(arguments);
	}

	static ConfigurableApplicationContext start(String... arguments) {
		SpringApplication application = new SpringApplication(PaidToolsApplication.class);
		EmbeddedDefault.addTo(application, (embedded) -> Map.of());
		ConfigurableApplicationContext server = application.run(arguments);
		server.getBeanProvider(LocalStellar.class).ifAvailable((embedded) -> {
			String url = "http://localhost:" + server.getEnvironment().getProperty("local.server.port");
			System.out.println(started(url, embedded));
			SunAgent.run(agent(url, embedded), arguments);
			System.out.println(whatToTry(url, embedded));
		});
		return server;
	}

	private static Map<String, Object> agent(String url, LocalStellar embedded) {
		String secret = AccountKey.randomSecret();
		embedded.fund(AccountKey.of(secret).address(), PLAY_MONEY);
		return Map.of("agent.server", url, "agent.secret", secret, "agent.facilitator", embedded.facilitator().url(),
				"agent.rpc", embedded.rpcUrl(), "agent.recipient", embedded.merchant());
	}

	private static String started(String url, LocalStellar embedded) {
		return """

				Paid tools are ready. Server, agent, facilitator and ledger run in this process.

				  MCP server   %1$s/mcp
				  facilitator  %2$s
				  ledger       %3$s
				  paid to      %4$s

				An agent opens a session and asks the server:
				""".formatted(url, embedded.facilitator().url(), embedded.rpcUrl(), embedded.merchant());
	}

	private static String whatToTry(String url, LocalStellar embedded) {
		return """

				The seller has %3$s, by the ledger. The server goes on: see what its tools cost, and buy one:

				  agent="java -jar samples/session-agent/target/session-agent.jar"
				  $agent tools --url %1$s/mcp
				  $agent tools --url %1$s/mcp --call sun_times --args '{"place":"Oslo","date":"2026-12-21"}' --max-price 0.01 --rpc %2$s
				"""
			.formatted(url, embedded.rpcUrl(),
					Asset.usdc(Network.STELLAR_TESTNET).describe(embedded.usdc(embedded.merchant())));
	}

}
