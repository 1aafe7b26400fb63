package io.github.x402sessions.servlet;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.core.gate.ChallengeExtension;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.offer.DidWeb;
import io.github.x402sessions.core.offer.OfferKey;
import io.github.x402sessions.core.offer.OfferSigner;
import io.github.x402sessions.core.offer.OfferTerms;
import io.github.x402sessions.core.offer.OfferVerifier;
import io.github.x402sessions.core.offer.SignatureFinding;
import io.github.x402sessions.core.offer.SignedOffer;
import io.github.x402sessions.core.offer.SignedReceipt;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.servlet.route.RouteTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class SignedOfferTests {

	private static final URI PUBLIC = URI.create("https://store.example");

	private static final String SHOP = PUBLIC + Container.CONTEXT_PATH;

	@Parameter
	Container.Kind kind;

	private final ScriptedFacilitator facilitator = new ScriptedFacilitator();

	private final OfferKey key = OfferKey.random();

	private final OfferSigner signer = OfferSigner.builder(DidWeb.of(URI.create(SHOP)), this.key).build();

	private final OfferVerifier verifier = new OfferVerifier((did, id, service) -> Optional.of(this.key.publicKey()));

	private Container container;

	@AfterEach
	void stop() {
		if (this.container != null) {
			this.container.close();
		}
	}

	private void start(SettlementTiming timing, int headerSize, ChallengeExtension... more) throws Exception {
		PricedRoute route = PricedRoute
			.of("/paid/*",
					PaymentTerms.of("session", PaidContainer.TERMS.network(), Asset.usdc(Network.STELLAR_TESTNET),
							"0.10", PaidContainer.TERMS.payTo()))
			.withTiming(timing);
		List<ChallengeExtension> extensions = Stream.concat(Stream.of(this.signer.offers()), Stream.of(more)).toList();
		PaymentGate gate = new PaymentGate(this.facilitator, PaymentHeader.DEFAULT_MAX_LENGTH, extensions,
				List.of(this.signer.receipts()));
		PaymentFilter filter = PaymentFilter
			.builder(gate, RouteTable.builder().route(RouteMethod.ALL, "/*", route).build())
			.publicBaseUrl(PUBLIC)
			.maxResponseHeaderSize(headerSize)
			.build();
		Handlers.Handler works = (request, response) -> response.getWriter().print("goods");
		Handlers.Handler fails = (request, response) -> response.setStatus(500);
		this.container = this.kind.start(
				Map.of("/paid/works", works.servlet(), "/paid/fails", fails.servlet(), "/", works.servlet()),
				new DidDocumentFilter(this.signer), filter);
	}

	private HttpResponse<String> get(String path, String... headers) throws Exception {
		return PaidContainer.get(URI.create(this.container.uri() + path), headers);
	}

	@Test
	void offersAndReceiptsAreSigned() throws Exception {
		start(SettlementTiming.AT_COMMIT, 8192);
		PaymentRequired challenge = PaidContainer.challenge(get("/paid/works?of=1"));
		SignedOffer offer = SignedOffer.in(challenge.extensions()).get(0);
		SignatureFinding<OfferTerms> check = this.verifier.check(offer, URI.create(SHOP + "/paid/works"),
				Instant.now());
		assertThat(check.holds()).as(check.why()).isTrue();
		assertThat(check.content().isOf(challenge.accepts().get(0))).isTrue();
		assertThat(check.content().resourceUrl()).isEqualTo(challenge.resource().url())
			.isEqualTo(SHOP + "/paid/works?of=1");

		HttpResponse<String> paid = get("/paid/works", PaymentHeader.SIGNATURE, PaidContainer.payment());
		assertThat(paid.body()).isEqualTo("goods");
		SettleResponse receipt = PaidContainer.receipt(paid);
		assertThat(receipt.transaction()).isEqualTo(ScriptedFacilitator.TRANSACTION);
		SignedReceipt signed = SignedReceipt.in(receipt.extensions()).orElseThrow();
		assertThat(this.verifier.check(signed, null, Instant.now()).content()).satisfies((statement) -> {
			assertThat(statement.payer()).isEqualTo("GP");
			assertThat(statement.resourceUrl()).isEqualTo(SHOP + "/paid/works");
			assertThat(statement.transaction()).isNull();
		});
	}

	@Test
	void nobodySignsThatAFailureWasServed() throws Exception {
		start(SettlementTiming.BEFORE_HANDLER, 8192);
		HttpResponse<String> failed = get("/paid/fails", PaymentHeader.SIGNATURE, PaidContainer.payment());
		assertThat(failed.statusCode()).isEqualTo(500);
		assertThat(PaidContainer.receipt(failed).success()).isTrue();
		assertThat(SignedReceipt.in(PaidContainer.receipt(failed).extensions())).isEmpty();
	}

	@Test
	void theKeyIsPublishedForFree() throws Exception {
		start(SettlementTiming.AT_COMMIT, 8192);
		HttpResponse<String> document = get("/did.json");
		assertThat(document.statusCode()).isEqualTo(200);
		assertThat(document.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("application/did+json"));
		assertThat(document.body()).isEqualTo(new String(this.signer.document(), StandardCharsets.UTF_8))
			.contains("did:web:store.example:shop", this.key.publicKey().toString())
			.doesNotContain(this.key.toSecret());
		assertThat(get("/other/did.json").statusCode()).isEqualTo(402);
	}

	@Test
	void whatDoesNotFitIsLeftOutTheLastFirst() throws Exception {
		try (CapturedLog log = CapturedLog.of("io.github.x402sessions.core.challenge", Level.WARN)) {
			start(SettlementTiming.AT_COMMIT, 4096, catalogue());
			for (int i = 0; i < 2; i++) {
				PaymentRequired challenge = PaidContainer.challenge(get("/paid/works"));
				assertThat(challenge.extensions()).containsOnlyKeys("offer-receipt");
			}
			assertThat(log.messages()).filteredOn((message) -> message.contains("without its extensions"))
				.singleElement()
				.asString()
				.contains("'/paid/*'", "[catalogue]");
		}
	}

	@Test
	void aChallengeThatFitsWithNothingElseIsSentBare() throws Exception {
		start(SettlementTiming.AT_COMMIT, 1700, catalogue());
		assertThat(PaidContainer.challenge(get("/paid/works")).extensions()).isNull();
	}

	private static ChallengeExtension catalogue() {
		return new ChallengeExtension() {

			@Override
			public String name() {
				return "catalogue";
			}

			@Override
			public Optional<Map<String, Object>> of(PricedRoute route, PaymentRequired challenge) {
				return Optional.of(Map.of("info", "x".repeat(3000)));
			}

		};
	}

}
