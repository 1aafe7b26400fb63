package io.github.x402sessions.spring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import io.github.x402sessions.fixtures.Eventually;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What an operator reads at start: what is charged, and what is misspelt.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartLogTests {

	@Test
	void saysWhatIsCharged(CapturedOutput output) {
		run(Application.class, "x402.routes[0].path=/quote", "x402.routes[0].price=0.02",
				"x402.routes[0].free-per-day=2", "x402.routes[1].path=/legacy/**", "x402.routes[1].price=0.03",
				"x402.routes[2].path=/premium/**", "x402.routes[2].price=0.04", "x402.routes[3].path=/premium/book.txt",
				"x402.routes[3].price=0.05", "spring.web.resources.static-locations=classpath:/shop-files/");
		assertThat(output).contains("Charging for 5 routes by http://localhost:")
			.containsPattern("/goods +0.1 USDC +session +settled at commit")
			.containsPattern("/quote +0.02 USDC +session +settled at commit")
			.contains("paid to GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG on stellar:testnet",
					"USDC is CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA")
			.contains("settled at commit, 2 free a day for each caller", "Free calls are counted in the memory of this")
			.doesNotContain("misspelt", "is not known");
	}

	@Test
	void tellsRoutesThatNothingCanBeReachedBy(CapturedOutput output) {
		run(Application.class, "x402.routes[0].path=/qoute", "x402.routes[0].price=0.02",
				"x402.routes[1].path=/missing/**", "x402.routes[1].price=0.02",
				"x402.routes[2].path=/premium/boook.txt", "x402.routes[2].price=0.02",
				"spring.web.resources.static-locations=classpath:/shop-files/");
		assertThat(output).contains("x402.routes[0].path charges for nothing")
			.contains("by '/qoute'. Is it misspelt?", "by '/missing/**'", "by '/premium/boook.txt'");
	}

	/** What is looked into otherwise is told apart. */
	@Test
	void whatCannotBeLookedIntoCountsAsReachable(CapturedOutput output) {
		run(Functional.class, "x402.routes[0].path=/function", "x402.routes[0].price=0.02");
		assertThat(output).doesNotContain("misspelt");
	}

	@Test
	void directoriesAreLookedIntoAsFarAsTheyCanBe(CapturedOutput output, @TempDir Path files) throws IOException {
		Files.createDirectories(files.resolve("empty/deep"));
		Files.writeString(Files.createDirectories(files.resolve("full/deep")).resolve("book.txt"), "goods");
		Path loop = Files.createDirectory(files.resolve("loop"));
		Files.createSymbolicLink(loop.resolve("self"), loop);
		run(Application.class, "x402.routes[0].path=/empty/**", "x402.routes[0].price=0.02",
				"x402.routes[1].path=/full/**", "x402.routes[1].price=0.02", "x402.routes[2].path=/loop/**",
				"x402.routes[2].price=0.02", "x402.routes[3].path=/absent/**", "x402.routes[3].price=0.02",
				"spring.web.resources.static-locations=" + files.toUri());
		assertThat(output).contains("by '/empty/**'", "by '/absent/**'").doesNotContain("'/full/**'", "'/loop/**'");
	}

	@Test
	void aStrictStartFailsByThem() {
		assertThatException()
			.isThrownBy(() -> new RunningShop(Application.class, "x402.routes[0].path=/qoute",
					"x402.routes[0].price=0.02", "x402.facilitator.strict-start=true"))
			.isInstanceOf(InvalidX402ConfigurationException.class)
			.withMessageContaining("/qoute");
	}

	@Test
	void tellsPricesThatTheFacilitatorDoesNotTake(CapturedOutput output) {
		String[] routes = { "x402.routes[0].path=/quote", "x402.routes[0].price=0.1000001",
				"logging.config=classpath:console-log.xml" };
		try (RunningShop shop = RunningShop.limitedTo(1_000_000, Application.class, routes)) {
			Eventually.holds(() -> assertThat(output)
				.contains("Payments cannot be asked for: route '/quote' cannot be paid: [session on "
						+ "stellar:testnet (it costs 0.1000001, and its facilitator takes no payment above 0.1)]")
				.doesNotContain("route '/goods'"));
			assertThat(shop.port()).isPositive();
		}
		assertThatException()
			.isThrownBy(() -> RunningShop.limitedTo(1_000_000, Application.class, "x402.routes[0].path=/quote",
					"x402.routes[0].price=0.1000001", "x402.facilitator.strict-start=true"))
			.havingRootCause()
			.isInstanceOf(InvalidX402ConfigurationException.class)
			.withMessageContaining("takes no payment above 0.1");
	}

	/** It does not hold up the start, and costs nothing. */
	@Test
	void tellsWhetherTheFacilitatorKnowsThisServer(CapturedOutput output) {
		String[] check = { "logging.config=classpath:console-log.xml", "x402.facilitator.start-check=true" };
		try (RunningShop shop = new RunningShop(Application.class, check)) {
			Eventually.holds(() -> assertThat(output).contains("takes the only route"));
			assertThat(shop.verifies()).isOne();
			assertThat(shop.settles()).isZero();
		}
	}

	/** Its stand-in of one token is above the limit, and no price. */
	@Test
	void pricesOfRequestsAreNotKnownAtStart() {
		RunningShop.limitedTo(1_000_000, PricedByRequest.class, "x402.facilitator.strict-start=true").close();
	}

	@Test
	void tellsPropertiesThatNobodyReads(CapturedOutput output) {
		run(Application.class, "x402.netwrok=stellar:pubnet", "x402.routes[0].path=/quote", "x402.routes[0].price=0.02",
				"x402.routes[0].prcie=0.02", "x402.client.prepay=true");
		assertThat(output).contains("Property 'x402.netwrok' is not known and has no effect")
			.contains("'x402.routes[0].prcie'")
			.doesNotContain("x402.client.prepay");
	}

	@Test
	void warnsIfNothingIsCharged(CapturedOutput output) {
		run(Application.class, "x402.enabled=false");
		assertThat(output).containsPattern("WARN .*x402.enabled is false: nothing is charged");
	}

	private static void run(Class<?> application, String... properties) {
		String[] logged = Arrays.copyOf(properties, properties.length + 1);
		logged[properties.length] = "logging.config=classpath:console-log.xml";
		new RunningShop(application, logged).close();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Application {

		@Bean
		ServletRegistrationBean<HttpServlet> legacy() {
			return new ServletRegistrationBean<>(new OtherHandlersTests.LegacyServlet(), "/legacy/*");
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Functional {

		@Bean
		RouterFunction<ServerResponse> functions() {
			return RouterFunctions.route().GET("/function", (request) -> ServerResponse.ok().body("goods")).build();
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Measured.class)
	static class PricedByRequest {

		@Bean
		ByLength byLength() {
			return new ByLength();
		}

	}

	static class ByLength implements RequestPricer {

		@Override
		public String price(HttpServletRequest request) {
			return "0.01";
		}

	}

	@RestController
	static class Measured {

		@GetMapping("/measured")
		@X402Price(priceFrom = ByLength.class)
		String measured() {
			return "goods";
		}

	}

	@RestController
	static class Api {

		@GetMapping("/quote")
		String quote() {
			return "goods";
		}

		@GetMapping("/goods")
		@X402Price("0.10")
		String goods() {
			return "goods";
		}

	}

}
