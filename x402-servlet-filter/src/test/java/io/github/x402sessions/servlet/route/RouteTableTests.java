package io.github.x402sessions.servlet.route;

import java.lang.reflect.Proxy;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.RouteMethod;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RouteTableTests {

	private final RouteTable table = RouteTable.builder()
		.route(RouteMethod.of("get"), "/api/quote", route("quote"))
		.route(RouteMethod.of("POST"), "/api/quote", route("order"))
		.route(RouteMethod.ALL, "/api/*", route("api"))
		.route(RouteMethod.ALL, "/api/premium/*", route("premium"))
		.build();

	@ParameterizedTest
	@CsvSource({ "GET,/api/quote,quote", "HEAD,/api/quote,quote", "POST,/api/quote,order", "PUT,/api/quote,api",
			"OPTIONS,/api/quote,api", "GET,/api,api", "GET,/api/,api", "GET,/api/premium,premium",
			"GET,/api/premium/x/y,premium", "GET,/api/premiums,api", "GET,/apis,", "GET,/,", "get,/api/quote,quote" })
	void findsTheRoute(String method, String path, String expected) {
		assertThat(this.table.find(request(method, path)).map(PricedRoute::name).orElse(null)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "api", "", "/api/*/x", "/a*", "*.html" })
	void refusesOtherPatterns(String path) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RouteTable.builder().route(RouteMethod.ALL, path, route("x")))
			.withMessageContaining("path '" + path + "'");
	}

	@Test
	void oneMethodWinsOverAllWhateverTheOrder() {
		RouteTable table = RouteTable.builder()
			.route(RouteMethod.ALL, "/a", route("all"))
			.route(RouteMethod.of("GET"), "/a", route("one"))
			.route(RouteMethod.ALL, "/b/*", route("all"))
			.route(RouteMethod.of("OPTIONS"), "/b/*", route("one"))
			.build();
		assertThat(table.find(request("GET", "/a")).orElseThrow().name()).isEqualTo("one");
		assertThat(table.find(request("PUT", "/a")).orElseThrow().name()).isEqualTo("all");
		assertThat(table.find(request("OPTIONS", "/b/c")).orElseThrow().name()).isEqualTo("one");
	}

	@Test
	void aShorterPrefixIsPaidWhereTheLongerIsFreeForTheMethod() {
		RouteTable table = RouteTable.builder()
			.route(RouteMethod.of("POST"), "/a/b/*", route("long"))
			.route(RouteMethod.ALL, "/*", route("root"))
			.build();
		assertThat(table.find(request("POST", "/a/b/c")).orElseThrow().name()).isEqualTo("long");
		assertThat(table.find(request("GET", "/a/b/c")).orElseThrow().name()).isEqualTo("root");
		assertThat(table.find(request("GET", "")).orElseThrow().name()).isEqualTo("root");
	}

	@Test
	void prefixesWithTheSameHashAreDifferentRoutes() {
		RouteTable table = RouteTable.builder()
			.route(RouteMethod.ALL, "/Aa/*", route("one"))
			.route(RouteMethod.ALL, "/BB/*", route("other"))
			.build();
		assertThat("/Aa").hasSameHashCodeAs("/BB");
		assertThat(table.find(request("GET", "/BB/x")).orElseThrow().name()).isEqualTo("other");
		assertThat(table.find(request("GET", "/Aa")).orElseThrow().name()).isEqualTo("one");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET,POST", "GET POST", "GET|POST, PUT", "GÄT", "G*" })
	void refusesWhatIsNotOneMethod(String method) {
		assertThatIllegalArgumentException().isThrownBy(() -> RouteMethod.of(method))
			.withMessageContaining("must be one HTTP method");
		assertThatIllegalArgumentException().isThrownBy(() -> new RouteMethod(method));
	}

	@Test
	void methodsAreWrittenInAnyCase() {
		assertThat(new RouteMethod(" get ")).isEqualTo(RouteMethod.of("GET"));
		assertThat(new RouteMethod("*")).isEqualTo(RouteMethod.ALL).isEqualTo(RouteMethod.of(""));
	}

	@Test
	void refusesTwoPrices() {
		RouteTable.Builder builder = RouteTable.builder().route(RouteMethod.of("GET"), "/a", route("x"));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.route(RouteMethod.of("get"), "/a", route("y")))
			.withMessage("path '/a' has two prices for method GET");
	}

	@Test
	void aPriceMayDependOnTheRequest() {
		RouteTable table = RouteTable.builder()
			.route(RouteMethod.ALL, "/a", (request) -> route("for " + request.getMethod()))
			.build();
		assertThat(table.find(request("PUT", "/a")).orElseThrow().name()).isEqualTo("for PUT");
	}

	@Test
	void pathIsServletPathAndPathInfo() {
		assertThat(RoutePricing.path(request("GET", "/a"))).isEqualTo("/a");
	}

	private static PricedRoute route(String name) {
		return PricedRoute.of(name, PaymentTerms.of("exact", "test:1", Asset.usdc(Network.STELLAR_TESTNET), "1", "x"));
	}

	private static HttpServletRequest request(String method, String path) {
		return (HttpServletRequest) Proxy.newProxyInstance(RouteTableTests.class.getClassLoader(),
				new Class<?>[] { HttpServletRequest.class }, (proxy, invoked, arguments) -> switch (invoked.getName()) {
					case "getMethod" -> method;
					case "getServletPath" -> path;
					case "getPathInfo" -> null;
					default -> throw new UnsupportedOperationException(invoked.getName());
				});
	}

}
