package io.github.x402sessions.servlet;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.x402sessions.core.facilitator.CompositeFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.SettlementNotices;
import io.github.x402sessions.core.facilitator.notice.DeferralWatch;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.NoticePage;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.Eventually;
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
		assertThat(Readme.examples("java")).hasSizeGreaterThan(6).allSatisfy((example) -> {
			assertThat(Readme.imports(example)).isNotEmpty()
				.allMatch((line) -> source.contains(line)
						|| line.equals("import " + PaymentFilter.class.getName() + ";"));
			assertThat(source).contains(lines(Readme.code(example)));
		});
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
		ShownBooks books = new ShownBooks();
		try (DeferralWatch watch = ReadmeExamples.followed(books, this.terms)) {
			assertThat(watch).isNotNull();
			assertThat(Eventually.next(books.asked)).isEqualTo(InitParameters.MERCHANT);
		}
	}

	@Test
	void listenerBesideAWebXmlFollowsThem() {
		ReadmeExamples.Settlements listener = new ReadmeExamples.Settlements();
		WireMockServer facilitator = new WireMockServer(WireMockConfiguration.options().dynamicPort());
		facilitator.stubFor(WireMock.get("/supported")
			.willReturn(WireMock.okJson("{\"kinds\":[{\"x402Version\":2,\"scheme\":\"session\","
					+ "\"network\":\"stellar:testnet\",\"extra\":{\"deferred\":true}}]}")));
		facilitator.start();
		Map<String, String> settings = Map.of("x402.facilitator-url", facilitator.baseUrl(),
				"x402.facilitator-authorization", "Bearer k", "x402.pay-to", InitParameters.MERCHANT);
		settings.forEach(System::setProperty);
		try {
			listener.contextInitialized(null);
			Eventually.isTrue(
					() -> !facilitator
						.findAll(WireMock.getRequestedFor(WireMock.urlPathEqualTo("/settlements"))
							.withQueryParam("recipient", WireMock.equalTo(InitParameters.MERCHANT))
							.withHeader("Authorization", WireMock.equalTo("Bearer k")))
						.isEmpty());
		}
		finally {
			settings.keySet().forEach(System::clearProperty);
			listener.contextDestroyed(null);
			facilitator.stop();
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

	/** Defers, and notes who asks for its books. */
	private static final class ShownBooks implements Facilitator, SettlementNotices {

		private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

		@Override
		public SupportedResponse supported() {
			return new SupportedResponse(
					List.of(new SupportedKind(2, "session", "stellar:testnet", Map.of("deferred", true))), List.of(),
					Map.of());
		}

		@Override
		public VerifyResponse verify(FacilitatorRequest request) {
			throw new UnsupportedOperationException();
		}

		@Override
		public SettleResponse settle(FacilitatorRequest request) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Optional<SettlementNotices> notices() {
			return Optional.of(this);
		}

		@Override
		public String facilitator() {
			return "f";
		}

		@Override
		public Optional<NoticePage> page(String recipient, String since) {
			this.asked.add(recipient);
			return Optional.of(new NoticePage(List.of(), since));
		}

		@Override
		public NoticePage open(String recipient, String since) {
			return new NoticePage(List.of(), since);
		}

	}

	private static String source(Class<?> type) throws Exception {
		return lines(Files.readString(Path.of("src/test/java", type.getName().replace('.', '/') + ".java")));
	}

	private static String lines(String code) {
		return code.lines().map(String::strip).collect(Collectors.joining("\n"));
	}

}
