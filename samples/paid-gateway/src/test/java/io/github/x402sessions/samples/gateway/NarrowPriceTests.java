package io.github.x402sessions.samples.gateway;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What the start says of prices that do not cover what the gateway routes.
 */
@ExtendWith(OutputCaptureExtension.class)
class NarrowPriceTests {

	private static final String NARROW = "x402.routes[0].path=/api/exact";

	private static final String PRICE = "x402.routes[0].price=0.10";

	@Test
	void aPriceNarrowerThanItsRouteIsTold(CapturedOutput output) {
		start(PaidGatewayApplication.class, NARROW, PRICE);
		assertThat(output).contains("x402.routes[0].path: '/api/exact' has a price")
			.contains("gateway routes all of '/api/**'", "Price '/api/**' too");
	}

	@Test
	void aStrictStartFails() {
		assertThatException()
			.isThrownBy(() -> start(PaidGatewayApplication.class, NARROW, PRICE, "x402.facilitator.strict-start=true"))
			.withMessageContaining("x402.routes[0].path")
			.withMessageContaining("/api/**");
	}

	@Test
	void twoPricesOfOneRouteAreTold(CapturedOutput output) {
		start(PaidGatewayApplication.class, NARROW, PRICE, "x402.routes[1].path=/api/**", "x402.routes[1].price=0.01");
		assertThat(output).contains("x402.routes[0].path: '/api/exact' has a price of its own")
			.contains("gateway routes all of '/api/**'", "for the price of x402.routes[1]")
			.doesNotContain("x402.routes[1].path:");
	}

	@Test
	void aPriceOfTheWholeRouteIsEnough(CapturedOutput output) {
		start(PaidGatewayApplication.class, NARROW, PRICE, "x402.routes[1].path=/api/**", "x402.routes[1].price=0.10");
		start(PaidGatewayApplication.class);
		assertThat(output).doesNotContain("the gateway routes all of");
	}

	@Test
	void aPriceOfOneMethodCoversThatMethod(CapturedOutput output) {
		start(PaidGatewayApplication.class, NARROW, PRICE, "x402.routes[0].method=GET", "x402.routes[1].path=/api/**",
				"x402.routes[1].price=0.01", "x402.routes[1].method=POST");
		assertThat(output).contains("x402.routes[0].path: '/api/exact' has a price")
			.doesNotContain("x402.routes[1].path:");
	}

	@Test
	void routesInJavaAreSeenToo(CapturedOutput output) {
		start(JavaRoutes.class, NARROW, PRICE, "x402.routes[1].path=/nested/exact", "x402.routes[1].price=0.10",
				"x402.routes[2].path=/own/exact", "x402.routes[2].price=0.10", "x402.routes[3].path=/single",
				"x402.routes[3].price=0.10", "x402.routes[4].path=/not/this", "x402.routes[4].price=0.10");
		assertThat(output)
			.contains(
					"x402.routes[1].path: '/nested/exact' has a price, but the gateway routes all of '/nested/{name}'")
			.doesNotContain("x402.routes[2].path:", "x402.routes[3].path: '/single' has",
					"x402.routes[4].path: '/not/this' has");
	}

	private static void start(Class<?> application, String... properties) {
		ConfigurableApplicationContext context = new SpringApplication(application).run(Stream
			.concat(Stream.of("server.port=0", "x402.facilitator.url=http://localhost:1"), Stream.of(properties))
			.map((property) -> "--" + property)
			.toArray(String[]::new));
		context.close();
	}

	/** What is not passed on is matched here alone, however it is spelt. */
	@Configuration(proxyBeanMethods = false)
	@Import(PaidGatewayApplication.class)
	static class JavaRoutes {

		@Bean
		RouterFunction<ServerResponse> nested() {
			return RouterFunctions.nest(RequestPredicates.path("/nested"),
					GatewayRouterFunctions.route("nested").GET("/{name}", HandlerFunctions.http()).build());
		}

		@Bean
		RouterFunction<ServerResponse> single() {
			return GatewayRouterFunctions.route("single").GET("/single", HandlerFunctions.http()).build();
		}

		@Bean
		RouterFunction<ServerResponse> own() {
			return RouterFunctions.route().GET("/own/**", (request) -> ServerResponse.ok().build()).build();
		}

	}

}
