package io.github.x402sessions.mcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.spring.schema.SchemaFit;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.test.ScriptedFacilitator;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Priced tools of Spring AI's own servers.
 */
class SpringToolsTests {

	static final String PAY_TO = "x402.pay-to=GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	static Stream<Arguments> servers() {
		return Stream.of("STREAMABLE", "SSE", "STATELESS")
			.flatMap((protocol) -> Stream.of("SYNC", "ASYNC").map((type) -> Arguments.of(protocol, type)));
	}

	static ConfigurableApplicationContext run(Class<?> application, String... properties) {
		return new SpringApplication(application).run(
				Stream
					.concat(Stream.of("server.port=0", "server.shutdown=immediate", "spring.main.banner-mode=off",
							PAY_TO), Stream.of(properties))
					.map((property) -> "--" + property)
					.toArray(String[]::new));
	}

	static Agent agent(ConfigurableApplicationContext context, String protocol) throws Exception {
		int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		return protocol.equals("SSE") ? HttpAgent.sse(port, context::close)
				: HttpAgent.streamable(port, "/mcp", context::close);
	}

	private static Agent serve(String protocol, String type) throws Exception {
		return agent(run("ASYNC".equals(type) ? AsyncShop.class : Shop.class,
				"spring.ai.mcp.server.protocol=" + protocol, "spring.ai.mcp.server.type=" + type,
				"x402.tools[0].name=stock", "x402.tools[0].price=0.02", "x402.tools[0].description=A quote"), protocol);
	}

	@ParameterizedTest
	@MethodSource("servers")
	void anAnnotatedToolIsPaidFor(String protocol, String type) throws Exception {
		try (Agent agent = serve(protocol, type)) {
			PaymentRequired terms = Agent.terms(agent.call("weather", Map.of("city", "Riga")));
			assertThat(terms.accepts().get(0).amount()).isEqualTo("500000");
			assertThat(terms.resource().url()).startsWith("http://localhost:").doesNotContain("?");
			assertThat(terms.resource().url()).endsWith(protocol.equals("SSE") ? "/mcp/message" : "/mcp");
			assertThat(agent.received()).doesNotContain("sun");
			CallToolResult bought = agent.buy("weather", Map.of("city", "Riga"));
			assertThat(Agent.text(bought)).isEqualTo("sun over Riga");
			assertThat(Agent.receipt(bought)).extracting(SettleResponse::success).isEqualTo(true);
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void cataloguesAreToldOfATool(String protocol, String type) throws Exception {
		try (Agent agent = serve(protocol, type)) {
			BazaarDeclaration told = BazaarDeclaration
				.of(Agent.terms(agent.call("weather", Map.of("city", "Riga"))).extensions())
				.orElseThrow();
			assertThat(SchemaFit.fits(told.schema(), told.info())).isTrue();
			assertThat(told.info()).extractingByKey("input", org.assertj.core.api.InstanceOfAssertFactories.MAP)
				.containsEntry("type", "mcp")
				.containsEntry("toolName", "weather")
				.containsEntry("example", Map.of("city", "text"))
				.extractingByKey("transport")
				.isEqualTo(protocol.equals("SSE") ? "sse" : null);
			BazaarDeclaration structured = BazaarDeclaration.of(Agent.terms(agent.call("place", Map.of())).extensions())
				.orElseThrow();
			assertThat(structured.info()).containsKey("output");
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void aConfiguredToolIsPaidFor(String protocol, String type) throws Exception {
		try (Agent agent = serve(protocol, type)) {
			PaymentRequired terms = Agent.terms(agent.call("stock", Map.of()));
			assertThat(terms.accepts().get(0).amount()).isEqualTo("200000");
			assertThat(terms.resource().description()).isEqualTo("A quote");
			assertThat(Agent.text(agent.buy("stock", Map.of()))).contains("17");
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void aMethodIsGivenItsPayment(String protocol, String type) throws Exception {
		try (Agent agent = serve(protocol, type)) {
			assertThat(Agent.text(agent.buy("report", Map.of("pages", 3))))
				.isEqualTo("3 pages for " + ScriptedFacilitator.PAYER);
			assertThat(Agent.text(agent.call("free", Map.of("payment", Map.of("route", "forged"))))).isEqualTo("false");
			Tool listed = agent.tools()
				.stream()
				.filter((tool) -> tool.name().equals("report"))
				.findFirst()
				.orElseThrow();
			assertThat(listed.inputSchema().get("properties"))
				.asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
				.containsOnlyKeys("pages");
			assertThat(listed.inputSchema().get("required")).isEqualTo(List.of("pages"));
			assertThat(listed.inputSchema()).doesNotContainKey("$defs");
			assertThat(listed.meta()).containsKey(PaidTools.PRICE);
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void aStructuredResultHasItsReceipt(String protocol, String type) throws Exception {
		try (Agent agent = serve(protocol, type)) {
			agent.tools();
			CallToolResult bought = agent.buy("place", Map.of());
			assertThat(bought.structuredContent()).isEqualTo(Map.of("name", "Riga", "height", 7));
			assertThat(Agent.receipt(bought)).extracting(SettleResponse::success).isEqualTo(true);
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void whatFailsCostsNothingAndWhatIsFreeIsLeftAlone(String protocol, String type) throws Exception {
		ConfigurableApplicationContext context = run("ASYNC".equals(type) ? AsyncShop.class : Shop.class,
				"spring.ai.mcp.server.protocol=" + protocol, "spring.ai.mcp.server.type=" + type);
		try (Agent agent = agent(context, protocol)) {
			assertThat(agent.buy("broken", Map.of()).isError()).isTrue();
			assertThat(Agent.text(agent.call("help", Map.of()))).isEqualTo("ask for the weather");
			assertThat(context.getBean(ScriptedFacilitator.class).settled()).isEmpty();
			agent.buy("weather", Map.of("city", "Riga"));
			assertThat(context.getBean(ScriptedFacilitator.class).settled()).extracting(PaymentRequirements::amount)
				.containsExactly("500000");
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("x402.revenue").tag("route", "mcp://tool/weather").counter().count())
				.isEqualTo(500_000);
			assertThat(meters.get("x402.payment")
				.tag("route", "mcp://tool/weather")
				.tag("outcome", "settled")
				.timer()
				.count()).isOne();
			assertThat(meters.get("x402.payment")
				.tag("route", "mcp://tool/weather")
				.tag("outcome", "challenged")
				.timer()
				.count()).isOne();
			assertThat(meters.get("x402.payment")
				.tag("route", "mcp://tool/broken")
				.tag("outcome", "not_charged")
				.timer()
				.count()).isOne();
		}
	}

	/** What is sold, either way. */
	record Place(String name, int height) {
	}

	/** What both kinds of servers have. */
	@Configuration(proxyBeanMethods = false)
	static class Common {

		@Bean
		ScriptedFacilitator facilitator() {
			return ScriptedFacilitator.create();
		}

		@Bean
		StreamOpening opening() {
			return new StreamOpening();
		}

		@Bean
		List<ToolCallback> callbacks() {
			return List.of(FunctionToolCallback.builder("stock", () -> 17).description("A quote").build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Common.class)
	static class Shop {

		@Bean
		SyncTools tools() {
			return new SyncTools();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Common.class)
	static class AsyncShop {

		@Bean
		AsyncTools tools() {
			return new AsyncTools();
		}

	}

	static class SyncTools {

		@McpTool
		@X402Price("0.05")
		String weather(String city) {
			return "sun over " + city;
		}

		@McpTool(name = "report", description = "Pages of a report")
		@X402Price("0.10")
		String written(int pages, MeteredPayment meter, Payment payment) {
			meter.charge("0.01");
			return pages + " pages for " + payment.payer().orElseThrow();
		}

		@McpTool
		String free(Optional<Payment> payment) {
			return String.valueOf(payment.isPresent());
		}

		@McpTool(generateOutputSchema = true)
		@X402Price(value = "0.01", settlement = SettlementTiming.DURING_HANDLER)
		Place place() {
			return new Place("Riga", 7);
		}

		@McpTool
		@X402Price("0.01")
		String broken() {
			throw new IllegalStateException("no such city");
		}

		@McpTool
		String help() {
			return "ask for the weather";
		}

	}

	static class AsyncTools {

		@McpTool
		@X402Price("0.05")
		Mono<String> weather(String city) {
			return Mono.just("sun over " + city);
		}

		@McpTool(name = "report", description = "Pages of a report")
		@X402Price("0.10")
		Mono<String> written(int pages, MeteredPayment meter, Payment payment) {
			meter.charge("0.01");
			return Mono.just(pages + " pages for " + payment.payer().orElseThrow());
		}

		@McpTool
		Mono<String> free(Optional<Payment> payment) {
			return Mono.just(String.valueOf(payment.isPresent()));
		}

		@McpTool(generateOutputSchema = true)
		@X402Price(value = "0.01", settlement = SettlementTiming.DURING_HANDLER)
		Mono<Place> place() {
			return Mono.just(new Place("Riga", 7));
		}

		@McpTool
		@X402Price("0.01")
		Mono<String> broken() {
			return Mono.error(new IllegalStateException("no such city"));
		}

		@McpTool
		Mono<String> help() {
			return Mono.just("ask for the weather");
		}

	}

}
