package io.github.x402sessions.samples.agent.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.samples.local.LocalStellar;
import io.github.x402sessions.spring.X402Price;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * An MCP server whose tools cost; as a programme, one on its standard input and output.
 */
final class ToolShop implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private ToolShop(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/** One over HTTP. */
	static ToolShop over(String protocol, LocalStellar stellar, String... options) {
		List<String> arguments = new ArrayList<>(arguments(stellar));
		arguments.add("--server.port=0");
		arguments.add("--server.shutdown=immediate");
		arguments.add("--spring.ai.mcp.server.protocol=" + protocol);
		arguments.addAll(List.of(options));
		return new ToolShop(SpringApplication.run(Shop.class, arguments.toArray(String[]::new)));
	}

	static List<String> arguments(LocalStellar stellar) {
		return List.of("--spring.main.banner-mode=off", "--spring.ai.mcp.server.name=shop",
				"--x402.facilitator.url=" + stellar.facilitator().url(),
				"--x402.facilitator.authorization=" + stellar.merchantAuthorization(),
				"--x402.pay-to=" + stellar.merchant());
	}

	public static void main(String[] arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--spring.main.web-application-type=none");
		all.add("--spring.ai.mcp.server.stdio=true");
		SpringApplication.run(Shop.class, all.toArray(String[]::new));
	}

	String url() {
		return "http://localhost:" + this.context.getEnvironment().getProperty("local.server.port");
	}

	/** How many lines were sold. */
	int lines() {
		return this.context.getBean(Tools.class).lines.get();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Tools.class)
	static class Shop {

	}

	static class Tools {

		private final AtomicInteger lines = new AtomicInteger();

		@McpTool(name = "line", description = "A line about a subject\nand nothing else")
		@X402Price("0.01")
		String line(@McpToolParam(description = "the subject") String subject) {
			return "Line " + this.lines.incrementAndGet() + " about " + subject;
		}

		@McpTool(name = "dear", description = "Gold")
		@X402Price("0.50")
		String dear() {
			return "gold";
		}

		@McpTool(name = "broken", description = "It breaks")
		@X402Price("0.01")
		String broken() {
			throw new IllegalStateException("it broke");
		}

		@McpTool(name = "hello", description = "A greeting")
		String hello() {
			return "hello";
		}

	}

}
