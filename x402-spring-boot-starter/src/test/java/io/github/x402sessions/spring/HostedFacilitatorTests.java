package io.github.x402sessions.spring;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.Map;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code exact} beside {@code session}: the one settled by a hosted facilitator of
 * others, who wants a key and knows nothing of our extensions, the other by our own. Its
 * answers are in the form that hosted ones document.
 */
class HostedFacilitatorTests {

	private static final String KEY = "Bearer hosted-key";

	private static final String PAYER = "GAQVIVV43XTWLBT5ZOMGS7622FKU6TQABKOBHMOG6HYIPFHF6TSQEZOH";

	private static final WireMockServer hosted = new WireMockServer(wireMockConfig().dynamicPort());

	private static RunningShop shop;

	/** Each payment has a transaction of its own. */
	private final String transaction = "%064x".formatted(new BigInteger(250, new SecureRandom()));

	@BeforeAll
	static void start() {
		hosted.start();
		supported();
		shop = new RunningShop(Application.class, "x402.facilitators[0].url=" + hosted.baseUrl() + "/x402/testnet",
				"x402.facilitators[0].authorization=" + KEY, "x402.routes[0].path=/quote",
				"x402.routes[0].accepts[0].price=0.10", "x402.routes[0].accepts[1].price=0.20",
				"x402.routes[0].accepts[1].scheme=exact");
	}

	@AfterAll
	static void stop() {
		shop.close();
		hosted.stop();
	}

	@BeforeEach
	void answer() {
		hosted.resetAll();
		supported();
		keyed(post("/x402/testnet/verify"), okJson("{\"isValid\":true,\"payer\":\"" + PAYER + "\"}"));
		keyed(post("/x402/testnet/settle"), okJson("""
				{"success":true,"payer":"%s","transaction":"%s","network":"stellar:testnet",
				"ledger":72,"fee":{"stroops":"41000"}}""".formatted(PAYER, this.transaction)));
	}

	private static void supported() {
		keyed(get("/x402/testnet/supported"),
				okJson("""
						{"kinds":[
						{"x402Version":1,"scheme":"exact","network":"base"},
						{"x402Version":1,"scheme":"exact","network":"stellar:testnet","extra":{"feePayer":"old"}},
						{"x402Version":2,"scheme":"exact","network":"eip155:8453","tier":"paid"},
						{"x402Version":2,"scheme":"exact","network":"stellar:testnet",
						"extra":{"areFeesSponsored":true,"relay":{"region":"eu"}}}],
						"signers":{"stellar:testnet":["GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG"],"eip155:*":["0xab"]},
						"extensions":["bazaar"],"plan":"free"}"""));
	}

	private static void keyed(MappingBuilder call, ResponseDefinitionBuilder answer) {
		hosted.stubFor(any(anyUrl()).atPriority(9).willReturn(unauthorized()));
		hosted.stubFor(call.withHeader("Authorization", equalTo(KEY)).willReturn(answer));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/annotated", "/quote" })
	void bothAreOfferedEachWithWhatItsFacilitatorSays(String path) throws Exception {
		assertThat(shop.challenge(path).accepts()).extracting(PaymentRequirements::scheme)
			.containsExactly("session", "exact");
		PaymentRequirements exact = exact(path);
		assertThat(exact.amount()).isEqualTo("2000000");
		assertThat(exact.network()).isEqualTo("stellar:testnet");
		assertThat(exact.extra()).containsEntry("areFeesSponsored", true)
			.containsEntry("relay", Map.of("region", "eu"))
			.containsEntry("facilitatorUrl", hosted.baseUrl() + "/x402/testnet")
			.doesNotContainKeys("feePayer", "paymentIdentifier");
		assertThat(shop.challenge(path).accepts().get(0).extra()).doesNotContainKey("areFeesSponsored");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/annotated", "/quote" })
	void itIsPaidThroughTheHostedOneWithItsKey(String path) throws Exception {
		int ours = shop.verifies();
		HttpResponse<String> paid = pay(path);
		assertThat(paid.statusCode()).isEqualTo(200);
		assertThat(paid.body()).isEqualTo("goods");
		SettleResponse receipt = receipt(paid);
		assertThat(receipt.transaction()).isEqualTo(this.transaction);
		assertThat(receipt.payer()).isEqualTo(PAYER);
		assertThat(receipt.others()).containsEntry("ledger", 72).containsEntry("fee", Map.of("stroops", "41000"));
		for (String call : new String[] { "verify", "settle" }) {
			hosted.verify(1,
					postRequestedFor(urlEqualTo("/x402/testnet/" + call)).withHeader("Authorization", equalTo(KEY))
						.withRequestBody(matchingJsonPath("$.x402Version", equalTo("2")))
						.withRequestBody(matchingJsonPath("$.paymentPayload.x402Version", equalTo("2")))
						.withRequestBody(matchingJsonPath("$.paymentPayload.accepted.scheme", equalTo("exact")))
						.withRequestBody(matchingJsonPath("$.paymentPayload.payload.transaction", equalTo("AAAAAgAA")))
						.withRequestBody(matchingJsonPath("$.paymentRequirements.amount", equalTo("2000000")))
						.withRequestBody(
								matchingJsonPath("$.paymentRequirements.extra.areFeesSponsored", equalTo("true")))
						.withRequestBody(matchingJsonPath("$.paymentRequirements.extra.relay.region", equalTo("eu"))));
		}
		assertThat(shop.verifies()).isEqualTo(ours);
	}

	@Test
	void aSessionIsStillSettledByOurs() throws Exception {
		int ours = shop.verifies();
		assertThat(shop.askWithPaymentFor("/quote", "/quote")).isEqualTo("200 goods");
		assertThat(shop.verifies()).isEqualTo(ours + 1);
		hosted.verify(0, postRequestedFor(urlEqualTo("/x402/testnet/verify")));
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 400 })
	void aPaymentThatItRefusesBuysNothingAndItsReasonIsTold(int status) throws Exception {
		keyed(post("/x402/testnet/verify"), jsonResponse("""
				{"isValid":false,"invalidReason":"invalid_exact_stellar_payload_wrong_amount"}""", status));
		HttpResponse<String> refused = pay("/quote");
		assertThat(refused.statusCode()).isEqualTo(402);
		assertThat(refused.body()).contains("invalid_exact_stellar_payload_wrong_amount").doesNotContain("goods");
		hosted.verify(0, postRequestedFor(urlEqualTo("/x402/testnet/settle")));
	}

	@Test
	void aSettlementThatFailsTakesBackTheAnswer() throws Exception {
		keyed(post("/x402/testnet/settle"), okJson("""
				{"success":false,"errorReason":"settle_exact_stellar_transaction_failed","payer":"%s",
				"transaction":"","network":"stellar:testnet"}""".formatted(PAYER)));
		HttpResponse<String> failed = pay("/quote");
		assertThat(failed.statusCode()).isEqualTo(402);
		assertThat(failed.body()).doesNotContain("goods");
		assertThat(receipt(failed).errorReason()).isEqualTo("settle_exact_stellar_transaction_failed");
	}

	/** It would charge twice: it honours no identifiers. */
	@Test
	void aSettlementWithoutAnAnswerIsNotAskedForAgain() throws Exception {
		keyed(post("/x402/testnet/settle"), serverError());
		HttpResponse<String> unknown = pay("/quote");
		assertThat(unknown.statusCode()).isEqualTo(503);
		assertThat(unknown.body()).doesNotContain("goods", KEY);
		hosted.verify(1, postRequestedFor(urlEqualTo("/x402/testnet/settle")));
	}

	private static PaymentRequirements exact(String path) throws Exception {
		return shop.challenge(path).accepts().get(1);
	}

	private static HttpResponse<String> pay(String path) throws Exception {
		PaymentPayload payment = PaymentPayload.of(null, exact(path), Map.of("transaction", "AAAAAgAA"));
		return shop.send(path, PaymentHeader.SIGNATURE, PaymentHeader.encode(payment));
	}

	private static SettleResponse receipt(HttpResponse<?> response) {
		return PaymentHeader.decode(response.headers().firstValue(PaymentHeader.RESPONSE).orElseThrow(),
				SettleResponse.class, 65536);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import(Api.class)
	static class Application {

	}

	@RestController
	static class Api {

		@X402Price(accepts = { @X402Accept(price = "0.10"), @X402Accept(price = "0.20", scheme = "exact") })
		@GetMapping("/annotated")
		String annotated() {
			return "goods";
		}

		@GetMapping("/quote")
		String quote() {
			return "goods";
		}

	}

}
