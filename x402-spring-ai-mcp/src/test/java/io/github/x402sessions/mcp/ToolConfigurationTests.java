package io.github.x402sessions.mcp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.RequestPricer;
import io.github.x402sessions.spring.X402Price;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpSyncServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.customizer.McpSyncServerCustomizer;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Prices of tools that are wrong, and those that are shown.
 */
@ExtendWith(OutputCaptureExtension.class)
class ToolConfigurationTests {

	private static void assertRefused(String message, Class<?> application, String... properties) {
		assertThatThrownBy(() -> run(application, properties).close()).satisfies((thrown) -> {
			Throwable found = Stream.iterate(thrown, (next) -> next != null, Throwable::getCause)
				.filter(InvalidX402ConfigurationException.class::isInstance)
				.findFirst()
				.orElse(thrown);
			assertThat(found).isInstanceOf(InvalidX402ConfigurationException.class).hasMessageContaining(message);
		});
	}

	private static ConfigurableApplicationContext run(Class<?> application, String... properties) {
		return SpringToolsTests.run(application,
				Stream.concat(Stream.of("spring.ai.mcp.server.protocol=STREAMABLE"), Stream.of(properties))
					.toArray(String[]::new));
	}

	@Test
	void aPriceOfNoToolIsRefused() {
		assertRefused("x402.tools[0]: no MCP server of this application has a tool 'wether'",
				SpringToolsTests.Shop.class, "x402.tools[0].name=wether", "x402.tools[0].price=0.01");
	}

	@Test
	void aToolHasOnePrice() {
		assertRefused("SyncTools#weather: tool 'weather' has a price at x402.tools[0]", SpringToolsTests.Shop.class,
				"x402.tools[0].name=weather", "x402.tools[0].price=0.01");
		assertRefused("x402.tools[1]: tool 'stock' has a price at x402.tools[0]", SpringToolsTests.Shop.class,
				"x402.tools[0].name=stock", "x402.tools[0].price=0.01", "x402.tools[1].name=stock",
				"x402.tools[1].price=0.02");
	}

	@Test
	void aPriceIsComplete() {
		assertRefused("x402.tools[0].name: a priced tool needs its name", SpringToolsTests.Shop.class,
				"x402.tools[0].price=0.01");
		assertRefused("x402.tools[0].price: ", SpringToolsTests.Shop.class, "x402.tools[0].name=stock");
		assertRefused("x402.mcp.server-url: 'shop' is not the URL of a server", SpringToolsTests.Shop.class,
				"x402.mcp.server-url=shop");
	}

	@Test
	void onlyToolsAreSold() {
		assertRefused("Resources#page: only tools of MCP are sold", ResourceShop.class);
		assertRefused("Pricers#priced: a tool cannot be priced by a priceFrom", PricerShop.class);
		assertRefused("Givers#given: some of its calls are said to be free", GiverShop.class);
	}

	@Test
	void aToolThatWouldBeFreeIsRefused() {
		assertRefused("x402.tools[0]: the MCP server would run tool 'smuggled' without a payment", SmugglerShop.class,
				"x402.tools[0].name=smuggled", "x402.tools[0].price=0.01");
	}

	@Test
	void aPriceBehindAnotherTypeIsNotOverlooked() {
		assertRefused("Hidden#secret: the price was not seen", HiddenShop.class);
	}

	@Test
	void aToolThatReplacesAPricedOneIsPaidForToo() throws Exception {
		ConfigurableApplicationContext context = run(SpringToolsTests.Shop.class, "x402.tools[0].name=stock",
				"x402.tools[0].price=0.02");
		try (Agent agent = SpringToolsTests.agent(context, "STREAMABLE")) {
			McpServerFeatures.SyncToolSpecification tool = TestTool
				.of("stock", (request, client) -> TestTool.text("cormorant"))
				.sync();
			context.getBean(McpSyncServer.class).addTool(tool);
			context.getBean(McpSyncServer.class)
				.getAsyncServer()
				.addTool(TestTool.of("stock", (request, client) -> TestTool.text("cormorant")).async())
				.block();
			assertThat(Agent.terms(agent.call("stock", Map.of())).accepts().get(0).amount()).isEqualTo("200000");
			assertThat(agent.received()).doesNotContain("cormorant");
			assertThat(Agent.text(agent.buy("stock", Map.of()))).isEqualTo("cormorant");
		}
	}

	@Test
	void theServersUrlIsWhatIsSold() throws Exception {
		ConfigurableApplicationContext context = run(SpringToolsTests.Shop.class,
				"x402.mcp.server-url=https://shop.example/mcp");
		try (Agent agent = SpringToolsTests.agent(context, "STREAMABLE")) {
			assertThat(Agent.terms(agent.call("weather", Map.of("city", "Riga"))).resource().url())
				.isEqualTo("https://shop.example/mcp");
			assertThat(agent.tools().toString()).contains("https://shop.example/mcp");
		}
	}

	@Test
	void pricesAreShown(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = run(SpringToolsTests.Shop.class, "x402.tools[0].name=stock",
				"x402.tools[0].price=0.02", "x402.tools[0].prcie=0.03",
				"management.endpoints.web.exposure.include=x402")) {
			int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			String shown = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/x402")).build(),
						HttpResponse.BodyHandlers.ofString())
				.body();
			assertThat(shown).contains("mcp://tool/stock", "mcp://tool/weather");
			assertThat(output).containsPattern("mcp://tool/stock +0.02 USDC")
				.contains("Property 'x402.tools[0].prcie' is not known")
				.doesNotContain("Property 'x402.tools[0].name' is not known");
		}
	}

	@Test
	void withoutPaymentsToolsAreFree() throws Exception {
		ConfigurableApplicationContext context = run(SpringToolsTests.Shop.class, "x402.enabled=false");
		try (Agent agent = SpringToolsTests.agent(context, "STREAMABLE")) {
			assertThat(Agent.text(agent.call("weather", Map.of("city", "Riga")))).isEqualTo("sun over Riga");
			assertThat(Agent.text(agent.call("free", Map.of()))).isEqualTo("false");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(SpringToolsTests.Common.class)
	static class ResourceShop {

		@Bean
		Resources resources() {
			return new Resources();
		}

	}

	static class Resources {

		@McpResource(uri = "page://one")
		@X402Price("0.01")
		String page() {
			return "page";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(SpringToolsTests.Common.class)
	static class GiverShop {

		@Bean
		Givers givers() {
			return new Givers();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(SpringToolsTests.Common.class)
	static class PricerShop {

		@Bean
		Cheap pricer() {
			return (request) -> "0.01";
		}

		@Bean
		Pricers pricers() {
			return new Pricers();
		}

	}

	static class Givers {

		@McpTool
		@X402Price(price = "0.10", freePerDay = 1)
		String given() {
			return "given";
		}

	}

	static class Pricers {

		@McpTool
		@X402Price(priceFrom = Cheap.class)
		String priced() {
			return "priced";
		}

	}

	/** Prices requests. */
	interface Cheap extends RequestPricer {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(SpringToolsTests.Common.class)
	static class HiddenShop {

		/** Asks for the prices before there are tools. */
		@Bean
		String early(ToolPrices prices) {
			return prices.names().toString();
		}

		@Bean
		Object tools() {
			return new Hidden();
		}

	}

	static class Hidden {

		@McpTool
		@X402Price("0.05")
		String secret() {
			return "cormorant";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(SpringToolsTests.Common.class)
	static class SmugglerShop {

		@Bean
		@Primary
		McpSyncServerCustomizer smuggler() {
			return (server) -> server.tools(TestTool.of("smuggled", (request, client) -> TestTool.text("free")).sync());
		}

	}

}
