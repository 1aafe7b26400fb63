package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.servlet.route.RouteTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payments that are none, on every container and with a facilitator that approves of
 * everything: what is not exactly what was asked never gets that far.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class HostilePaymentTests {

	private static final String TERMS = new String(WireJson.write(PaidContainer.TERMS), StandardCharsets.UTF_8);

	private static final String GOOD = "{\"x402Version\":2,\"accepted\":" + TERMS
			+ ",\"payload\":{\"sessionId\":\"s\"}}";

	@Parameter
	Container.Kind kind;

	private PaidContainer shop;

	@BeforeEach
	void open() throws Exception {
		this.shop = new PaidContainer(this.kind, Map.of("it", Handlers.all().get("writer")));
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	static Stream<Arguments> headers() {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("empty", "");
		headers.put("spaces", "   ");
		headers.put("not base64", "{not base64}");
		headers.put("padding in the middle", "e30=e30=");
		Map<String, String> json = new LinkedHashMap<>();
		json.put("no JSON", "payment");
		json.put("two values", GOOD + GOOD);
		json.put("array", "[" + GOOD + "]");
		json.put("string", "\"payment\"");
		json.put("number", "2");
		json.put("null", "null");
		json.put("nothing in it", "{}");
		json.put("deep nesting", GOOD.replace("\"s\"", "[".repeat(2000) + "]".repeat(2000)));
		json.put("unclosed nesting", "{\"a\":".repeat(800));
		json.put("duplicated keys", GOOD.replace("{\"x402Version\":2", "{\"x402Version\":2,\"x402Version\":2"));
		json.put("two accepted", GOOD.replace("\"payload\"", "\"accepted\":" + TERMS + ",\"payload\""));
		Stream.of("0", "1", "3", "\"2\"", "2.0", "null", "[2]", "99999999999999999999")
			.forEach((version) -> json.put("version " + version,
					GOOD.replace("\"x402Version\":2", "\"x402Version\":" + version)));
		json.put("no version", GOOD.replace("\"x402Version\":2,", ""));
		json.put("no accepted", "{\"x402Version\":2,\"payload\":{\"sessionId\":\"s\"}}");
		json.put("no payload", "{\"x402Version\":2,\"accepted\":" + TERMS + "}");
		json.put("payload is a list", GOOD.replace("{\"sessionId\":\"s\"}", "[\"s\"]"));
		json.put("payload is a text", GOOD.replace("{\"sessionId\":\"s\"}", "\"s\""));
		Stream
			.of("1000000", "\"-1000000\"", "\"0\"", "\"1000000.0\"", "\"+1000000\"", "\"01000000\"", "\" 1000000\"",
					"\"1e6\"", "\"999999\"", "\"1000001\"", "\"" + "9".repeat(40) + "\"", "null", "\"\\uff11000000\"")
			.forEach((amount) -> json.put("amount " + amount,
					GOOD.replace("\"amount\":\"1000000\"", "\"amount\":" + amount)));
		json.put("another payTo", GOOD.replace(PaidContainer.TERMS.payTo(), "G" + "A".repeat(55)));
		json.put("another asset", GOOD.replace(PaidContainer.TERMS.asset(), "C" + "A".repeat(55)));
		json.put("another network", GOOD.replace("stellar:testnet", "stellar:pubnet"));
		json.put("another scheme", GOOD.replace("\"session\"", "\"exact\""));
		json.put("a longer timeout", GOOD.replace("300", "301"));
		json.put("no timeout", GOOD.replace("\"maxTimeoutSeconds\":300,", ""));
		json.put("NUL in payTo", GOOD.replace(PaidContainer.TERMS.payTo(), PaidContainer.TERMS.payTo() + "\\u0000"));
		json.put("CR LF in the network", GOOD.replace("stellar:testnet", "stellar:testnet\\r\\nSet-Cookie: a=b"));
		json.put("half a surrogate", GOOD.replace("stellar:testnet", "stellar:testnet\\ud800"));
		json.put("raw control characters", GOOD.replace("stellar:testnet", "stellar:\u0001testnet"));
		json.put("an identifier that is too short", identified("\"short\""));
		json.put("an identifier that is a number", identified("1234567890123456"));
		json.put("an identifier with a line", identified("\"0123456789abcdef\\r\\nX: y\""));
		json.forEach((name, text) -> headers.put(name, base64(text)));
		return headers.entrySet().stream().map((header) -> Arguments.of(header.getKey(), header.getValue()));
	}

	private static String identified(String id) {
		return GOOD.replace("{\"x402Version\"",
				"{\"extensions\":{\"payment-identifier\":{\"info\":{\"id\":" + id + "}}},\"x402Version\"");
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("headers")
	void buysNothing(String name, String header) throws Exception {
		HttpResponse<String> response = this.shop.get("/paid/it", PaymentHeader.SIGNATURE, header);
		assertThat(response.statusCode()).isIn(400, 402);
		if (response.statusCode() == 402) {
			assertThat(PaidContainer.challenge(response).error()).isEqualTo("no_matching_requirements");
		}
		else {
			assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
		}
		assertThat(response.body()).doesNotContain(Handlers.GOODS);
		assertThat(response.headers().map()).doesNotContainKey("Set-Cookie");
		assertThat(this.shop.facilitator.verified).hasValue(0);
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	static Stream<String> harmless() {
		return Stream.of(GOOD, GOOD.replace("\"extra\":{}", "\"extra\":{\"note\":[1,{\"a\":null}]}"),
				GOOD.replace("{\"x402Version\"", "{\"unknown\":{\"a\":1},\"x402Version\""),
				GOOD.replace("{\"x402Version\"",
						"{\"resource\":{\"url\":\"https://elsewhere.example/free\"},\"x402Version\""));
	}

	@ParameterizedTest
	@MethodSource("harmless")
	void whatIsAddedChangesNothing(String payment) throws Exception {
		assertThat(this.shop.get("/paid/it", PaymentHeader.SIGNATURE, base64(payment)).statusCode()).isEqualTo(200);
		assertThat(this.shop.facilitator.amounts).containsExactly("1000000");
	}

	@ParameterizedTest
	@MethodSource("sessionIds")
	void whatIsInThePayloadIsTheFacilitatorsToJudge(String sessionId) throws Exception {
		HttpResponse<String> response = this.shop.get("/paid/it", PaymentHeader.SIGNATURE,
				base64(GOOD.replace("\"s\"", sessionId)));
		assertThat(response.statusCode()).isIn(200, 400);
		assertThat(this.shop.facilitator.settled.get()).isEqualTo((response.statusCode() == 200) ? 1 : 0);
	}

	static Stream<String> sessionIds() {
		return Stream.of("null", "1", "{}", "\"" + "x".repeat(4_000) + "\"", "\"\\u0000\\r\\n\"", "\"\\udfff\"");
	}

	/** By default containers read no longer headers than we do. */
	@ParameterizedTest
	@ValueSource(ints = { 8193, 10_000, 1 << 20 })
	void whatIsTooLongForTheContainerIsRefusedByIt(int length) {
		try {
			HttpResponse<String> response = this.shop.get("/paid/it", PaymentHeader.SIGNATURE, "A".repeat(length));
			assertThat(response.statusCode()).isIn(400, 431);
		}
		catch (IOException | InterruptedException ex) {
			assertThat(ex).isInstanceOf(IOException.class);
		}
		assertThat(this.shop.facilitator.verified).hasValue(0);
	}

	/** A facilitator has to read what we passed on. */
	@Test
	void whatWeReadAFacilitatorCanRead() throws Exception {
		try (HttpFacilitator facilitator = new HttpFacilitator()) {
			PaymentFilter filter = PaymentFilter
				.builder(new PaymentGate(FacilitatorOptions.of(facilitator.uri()).connect()),
						RouteTable.builder()
							.route(RouteMethod.ALL, "/it",
									PricedRoute.of("/it", PaymentTerms.of("session", "stellar:testnet",
											Asset.usdc(Network.STELLAR_TESTNET), "0.10", PaidContainer.TERMS.payTo())))
							.build())
				.build();
			try (Container container = this.kind.start(Map.of("/it", Handlers.all().get("writer").servlet()), filter)) {
				for (int depth = 20; depth < 40; depth++) {
					HttpResponse<String> response = PaidContainer.get(URI.create(container.uri() + "/it"),
							PaymentHeader.SIGNATURE,
							base64(GOOD.replace("\"s\"", "[".repeat(depth) + "]".repeat(depth))));
					assertThat(response.statusCode()).as("depth %d", depth).isIn(200, 400);
				}
			}
		}
	}

	@Test
	void noMutationGetsContentWithoutASettlementOrA500() throws Exception {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int i = 0; i < 1000; i++) {
			int settled = this.shop.facilitator.settled.get();
			String header = mutated(random);
			HttpResponse<String> response = this.shop.get("/paid/it", PaymentHeader.SIGNATURE, header);
			assertThat(response.statusCode()).as("seed %d, run %d: %s", seed, i, header).isIn(200, 400, 402);
			boolean sold = response.body().contains(Handlers.GOODS);
			assertThat(sold).isEqualTo(response.statusCode() == 200);
			assertThat(this.shop.facilitator.settled.get() - settled).isEqualTo(sold ? 1 : 0);
		}
	}

	/** A good payment with some of its JSON or of its base64 changed. */
	private static String mutated(Random random) {
		StringBuilder json = new StringBuilder(GOOD);
		int changes = random.nextInt(3);
		for (int i = 0; i < changes; i++) {
			change(json, random, "{}[]\":,0123456789.-+eEtfn\\u\u0000\u00fc ");
		}
		StringBuilder header = new StringBuilder(base64(json.toString()));
		if (random.nextInt(3) == 0) {
			change(header, random, "ABab01+/-_=. {}~!");
		}
		return header.toString().strip();
	}

	private static void change(StringBuilder text, Random random, String alphabet) {
		int at = random.nextInt(text.length());
		char letter = alphabet.charAt(random.nextInt(alphabet.length()));
		switch (random.nextInt(4)) {
			case 0 -> text.setCharAt(at, letter);
			case 1 -> text.insert(at, letter);
			case 2 -> text.replace(at, at + 1, "  ");
			default -> text.setLength(Math.max(1, at));
		}
	}

}
