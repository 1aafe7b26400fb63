package io.github.x402sessions.servlet;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.x402sessions.core.facilitator.CompositeFacilitator;
import io.github.x402sessions.core.facilitator.notice.DeferralWatch;
import io.github.x402sessions.core.gate.CommonTerms;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.SettlementTiming;
import io.github.x402sessions.servlet.route.RouteMethod;
import io.github.x402sessions.servlet.route.RouteTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the README compile and do what it says.
 */
class ReadmeExamplesTests {

	private final CommonTerms terms = CommonTerms.of("session", "stellar:testnet", null, null, InitParameters.MERCHANT);

	@Test
	void everyExampleStandsInCodeThatCompiles() throws Exception {
		String source = source(ReadmeExamples.class) + source(ProgrammaticExample.class);
		assertThat(Readme.examples("java")).hasSizeGreaterThan(6)
			.allSatisfy((example) -> assertThat(source).contains(lines(example)));
	}

	@Test
	void aHandlerChargesLess() throws Exception {
		try (PaidContainer shop = new PaidContainer(Container.Kind.TOMCAT, Map.of("it", ReadmeExamples::chargeLess))) {
			assertThat(shop.pay("/paid/it").body()).isEqualTo("paid by GP");
			assertThat(shop.facilitator.amounts).containsExactly("300000");
		}
	}

	@Test
	void routesAreWhatTheySay() {
		assertThat(ReadmeExamples.timing(this.terms).timing()).isEqualTo(SettlementTiming.DURING_HANDLER);
		assertThat(ReadmeExamples.charged(this.terms).charged().include(302)).isFalse();
		assertThat(ReadmeExamples.severalWays(InitParameters.MERCHANT, "0xabc").accepts()).hasSize(2);
		assertThat(ReadmeExamples.named(ReadmeExamples.timing(this.terms)).service().name()).isEqualTo("Quotes");
		assertThat(ReadmeExamples.perRequest(this.terms).routes()).isEmpty();
	}

	@Test
	void severalFacilitatorsStart() {
		try (CompositeFacilitator facilitator = ReadmeExamples.severalFacilitators(URI.create("http://localhost:9"),
				URI.create("http://localhost:9"), "k")) {
			assertThat(facilitator).isNotNull();
		}
	}

	@Test
	void whatBecomesOfPaymentsIsFollowed() {
		try (DeferralWatch watch = ReadmeExamples.followed(new ScriptedFacilitator(),
				ReadmeExamples.timing(this.terms).withTiming(SettlementTiming.DEFERRED))) {
			assertThat(watch).isNotNull();
		}
	}

	@Test
	void optionsAreTaken() throws Exception {
		ScriptedFacilitator facilitator = new ScriptedFacilitator();
		PaymentFilter filter = ReadmeExamples.options(new PaymentGate(facilitator),
				RouteTable.builder().route(RouteMethod.ALL, "/it", this.terms.route("/it", "0.10", null, null)).build(),
				new ReadmeExamples.Staff());
		try (Container container = Container.Kind.TOMCAT.start(Map.of("/it", Handlers.all().get("writer").servlet()),
				filter)) {
			HttpResponse<String> unpaid = PaidContainer.get(URI.create(container.uri() + "/it"));
			assertThat(unpaid.statusCode()).isEqualTo(402);
			assertThat(unpaid.body()).isEqualTo("/it costs 1000000 base units");
			assertThat(PaidContainer.challenge(unpaid).resource().url()).isEqualTo("https://shop.example/shop/it");
		}
	}

	private static String source(Class<?> type) throws Exception {
		return lines(Files.readString(Path.of("src/test/java", type.getName().replace('.', '/') + ".java")));
	}

	private static String lines(String code) {
		return code.lines().map(String::strip).collect(Collectors.joining("\n"));
	}

}
