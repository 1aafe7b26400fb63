package io.github.x402sessions.facilitator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import io.github.x402sessions.core.bazaar.DiscoveryPage;
import io.github.x402sessions.core.bazaar.SearchPage;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is settled is found, by anybody who asks the facilitator over HTTP; what is only
 * verified, refused or promised is not.
 */
class DiscoveryTests {

	private static FacilitatorEnvironment environment;

	private static String session;

	/** The seller's own word, by which a test finds what it listed. */
	private String word;

	@BeforeAll
	static void open() {
		Map<String, String> properties = new HashMap<>(Commitments.PROPERTIES);
		properties.put("facilitator.discovery.enabled", "true");
		properties.put("facilitator.deferred.max-age", "1s");
		environment = FacilitatorEnvironment.open(properties);
		session = Commitments.session(environment, environment.payer(), 900_000_000);
	}

	@AfterAll
	static void close() {
		environment.close();
	}

	@BeforeEach
	void name() {
		this.word = "w" + UUID.randomUUID().toString().replace("-", "");
	}

	@Test
	void whatIsSettledIsFoundAndItsServerIsToldSo() {
		Map<String, Object> payment = payment(declared());
		assertThat(status(environment.client.verify(payment))).isNull();
		Reply settled = environment.client.settle(payment);
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
		assertThat(status(settled)).isEqualTo("processing");
		assertThat(settled.body().toString()).doesNotContain("processing", "bazaar");
		Reply found = found();
		SearchPage page = WireJson.read(WireJson.write(found.body()), SearchPage.class);
		assertThat(page.x402Version()).isEqualTo(2);
		assertThat(page.partialResults()).isFalse();
		assertThat(found.body().at("/pagination/cursor").isNull()).isTrue();
		assertThat(page.resources()).singleElement().satisfies((entry) -> {
			assertThat(entry.resource()).isEqualTo("https://" + this.word + ".example/quote");
			assertThat(entry.accepts()).singleElement().satisfies((terms) -> {
				assertThat(terms.payTo()).isEqualTo(environment.merchant.getAccountId());
				assertThat(terms.amount()).isEqualTo("100000");
			});
			assertThat(entry.declaration()).isPresent();
		});
		assertThat(found.body().toString()).doesNotContain(session);
		Eventually.isTrue(() -> "success".equals(status(environment.client.verify(payment))));
		Reply listed = environment.client
			.get("/discovery/resources?type=http&network=stellar:testnet&scheme=session&payTo="
					+ environment.merchant.getAccountId() + "&extensions=bazaar&limit=100");
		DiscoveryPage all = WireJson.read(WireJson.write(listed.body()), DiscoveryPage.class);
		assertThat(all.items()).extracting((entry) -> entry.resource())
			.contains("https://" + this.word + ".example/quote");
		assertThat(all.pagination().total()).isEqualTo(all.items().size());
		assertThat(environment.client.get("/supported").body().at("/extensions").toString()).contains("bazaar");
	}

	@Test
	void whatIsOnlyVerifiedOrRefusedIsNotListed() {
		assertThat(environment.client.verify(payment(declared())).body().get("isValid").asBoolean()).isTrue();
		Map<String, Object> refused = with(Payments.of(environment, UUID.randomUUID().toString(), "100000"),
				declared());
		assertThat(environment.client.settle(refused).status()).isEqualTo(400);
		settleAnother();
		assertThat(search().body().at("/resources")).isEmpty();
	}

	/** In open mode a payer may have a seller paid as though he were its server. */
	@Test
	void whereARecipientHasAKeyOnlyThatSpeaksForIt() {
		try (FacilitatorEnvironment open = FacilitatorEnvironment.open()) {
			open.stop();
			open.start(Map.of("facilitator.access.mode", "open", "facilitator.access.keys[0].name", "shop",
					"facilitator.access.keys[0].hash", Sha256.hex("key"), "facilitator.access.keys[0].recipients[0]",
					open.merchant.getAccountId(), "facilitator.discovery.enabled", "true"));
			String id = open.payer().session(1_000_000);
			String own = this.word;
			Reply served = open.client.with("Bearer key").settle(with(Payments.of(open, id, "100000"), declared()));
			assertThat(status(served)).isEqualTo("processing");
			name();
			Reply stranger = open.client.settle(with(Payments.of(open, id, "100000"), declared()));
			assertThat(stranger.status()).isEqualTo(200);
			assertThat(status(stranger)).isNull();
			String strange = this.word;
			name();
			open.client.with("Bearer key").settle(with(Payments.of(open, id, "100000"), declared()));
			Eventually.isTrue(() -> open.client.get("/discovery/search?query=" + this.word)
				.body()
				.toString()
				.contains(this.word));
			assertThat(open.client.get("/discovery/search?query=" + own).body().at("/resources")).hasSize(1);
			assertThat(open.client.get("/discovery/search?query=" + strange).body().at("/resources")).isEmpty();
		}
	}

	@Test
	void badDeclarationIsRejectedAndPaidAllTheSame() {
		Map<String, Object> bad = declared();
		bad.put("schema", Map.of("properties", Map.of("input", Map.of("$ref", "https://evil.example/"))));
		Map<String, Object> payment = payment(bad);
		assertThat(environment.client.settle(payment).status()).isEqualTo(200);
		Eventually.isTrue(() -> "rejected".equals(status(environment.client.verify(payment))));
		assertThat(said(environment.client.verify(payment))).contains("schema refers to something outside of it")
			.doesNotContain("evil");
		assertThat(search().body().at("/resources")).isEmpty();
	}

	@Test
	void paymentThatIsToldAgainListsNothingMore() {
		Map<String, Object> payment = Payments.tracked(identified(payment(declared()), "pay_" + UUID.randomUUID()));
		assertThat(environment.client.settle(payment).status()).isEqualTo(200);
		found();
		String first = this.word;
		name();
		Map<String, Object> again = with(payment, declared());
		Reply told = environment.client.settle(identified(again, id(payment)));
		assertThat(told.body().at("/extensions/payment-identifier/replayed").asBoolean()).isTrue();
		assertThat(first).isNotEqualTo(this.word);
		settleAnother();
		assertThat(search().body().at("/resources")).isEmpty();
	}

	@Test
	void promiseIsListedWhenItIsKept() {
		String own = Commitments.session(environment, environment.payer(), 10_000_000);
		Map<String, Object> payment = identified(
				with(Commitments.of(environment, own, "pay_0123456789abcdef", "100000"), declared()),
				"pay_" + UUID.randomUUID());
		Reply promised = environment.client.settle(payment);
		assertThat(promised.text("transaction")).startsWith("cmt_");
		assertThat(status(promised)).isEqualTo("processing");
		assertThat(search().body().at("/resources")).isEmpty();
		found();
		assertThat(environment.client.get("/settlements/" + promised.text("transaction")).text("status"))
			.isEqualTo("confirmed");
	}

	@Test
	void operatorHidesAndShows() {
		environment.client.settle(payment(declared()));
		found();
		String origin = "https://" + this.word + ".example";
		Commands.Output hidden = Commands.run(environment, "discovery", "hide", "--of", origin);
		assertThat(hidden.code()).as(hidden.text()).isZero();
		assertThat(search().body().at("/resources")).isEmpty();
		assertThat(Commands.run(environment, "discovery", "show", "--of", origin + "/quote").text())
			.contains("1 listing");
		assertThat(search().body().at("/resources")).hasSize(1);
		assertThat(Commands.run(environment, "discovery", "release", "--origin", origin).code()).isZero();
		assertThat(search().body().at("/resources")).isEmpty();
		assertThat(Commands.run(environment, "discovery", "hide", "--of", "https://nobody.example/quote").code())
			.isOne();
		assertThat(Commands.run(environment, "discovery", "hide", "--of", "https://nobody.example").code()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/discovery/search", "/discovery/search?query=", "/discovery/search?query=%20",
			"/discovery/search?query=a&limit=x", "/discovery/search?query=a&limit=-1",
			"/discovery/search?query=a&cursor=nonsense", "/discovery/search?query=a&maxAmount=0.5",
			"/discovery/search?query=a&maxAmount=-5", "/discovery/resources?offset=-1",
			"/discovery/resources?offset=99999999999", "/discovery/resources?type=a%00b" })
	void whatCannotBeMeantIsRefused(String path) {
		Reply reply = environment.client.get(path);
		assertThat(reply.status()).isEqualTo(400);
		assertThat(reply.text("error")).isNotBlank();
	}

	@Test
	void longAndHostileQuestionsAreAnswered() {
		assertThat(environment.client.get("/discovery/search?query=" + "a".repeat(401)).status()).isEqualTo(400);
		assertThat(environment.client.get("/discovery/search?query=%22%20OR%201%3D1%20--&limit=1000000").status())
			.isEqualTo(200);
		assertThat(environment.client.get("/discovery/resources?extensions=other").body().at("/items")).isEmpty();
		assertThat(environment.client.post("/discovery/search", Map.of()).status()).isEqualTo(405);
		assertThat(environment.client.get("/discovery/other").status()).isEqualTo(404);
	}

	@Test
	void withoutItThereIsNoCatalogue() {
		try (FacilitatorEnvironment without = FacilitatorEnvironment.open()) {
			assertThat(without.client.get("/discovery/resources").status()).isEqualTo(404);
			assertThat(without.client.get("/discovery/search?query=a").status()).isEqualTo(404);
			String own = without.payer().session(1_000_000);
			Reply settled = without.client.settle(with(Payments.of(without, own, "100000"), declared()));
			assertThat(settled.status()).isEqualTo(200);
			assertThat(said(settled)).isNull();
			assertThat(without.client.get("/supported").body().toString()).doesNotContain("bazaar");
		}
	}

	/**
	 * The catalogue looks at one after the other: what came before has been looked at.
	 */
	private void settleAnother() {
		String before = this.word;
		name();
		environment.client.settle(payment(declared()));
		found();
		this.word = before;
	}

	private Reply found() {
		Eventually.isTrue(() -> !search().body().at("/resources").isEmpty());
		return search();
	}

	private Reply search() {
		return environment.client.get("/discovery/search?query=" + this.word);
	}

	private Map<String, Object> payment(Map<String, Object> declared) {
		return with(Payments.of(environment, session, "100000"), declared);
	}

	private Map<String, Object> declared() {
		Map<String, Object> input = Map.of("type", "http", "method", "GET", "queryParams", Map.of("symbol", "ACME"));
		Map<String, Object> declared = new LinkedHashMap<>();
		declared.put("info", Map.of("input", input));
		declared.put("schema", Map.of("properties", Map.of("input", Map.of("type", "object"))));
		return declared;
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> with(Map<String, Object> payment, Map<String, Object> declared) {
		Map<String, Object> payload = new HashMap<>((Map<String, Object>) payment.get("paymentPayload"));
		payload.put("resource", Map.of("url", "https://" + this.word + ".example/quote?symbol=ACME", "description",
				"Quotes of " + this.word));
		payload.put("extensions", Map.of("bazaar", declared));
		Map<String, Object> changed = new HashMap<>(payment);
		changed.put("paymentPayload", payload);
		return changed;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> identified(Map<String, Object> payment, String id) {
		Map<String, Object> payload = new HashMap<>((Map<String, Object>) payment.get("paymentPayload"));
		Map<String, Object> extensions = new HashMap<>((Map<String, Object>) payload.get("extensions"));
		extensions.put("payment-identifier", Map.of("info", Map.of("id", id)));
		payload.put("extensions", extensions);
		Map<String, Object> changed = new HashMap<>(payment);
		changed.put("paymentPayload", payload);
		return changed;
	}

	private static String id(Map<String, Object> payment) {
		return WireJson.read(WireJson.write(payment), JsonNode.class)
			.at("/paymentPayload/extensions/payment-identifier/info/id")
			.asString();
	}

	private static String status(Reply reply) {
		String said = said(reply);
		return (said != null) ? said.replaceAll(".*\"status\":\"([a-z]+)\".*", "$1") : null;
	}

	private static String said(Reply reply) {
		String header = reply.header("EXTENSION-RESPONSES");
		return (header != null) ? new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8) : null;
	}

}
