package io.github.x402sessions.core.protocol;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WireJsonTests {

	private static final String ACCEPTED = """
			{"scheme":"session","network":"stellar:testnet","amount":"1000000","asset":"CA","payTo":"GA",
			 "maxTimeoutSeconds":300,"extra":{"spender":"GS"}}""";

	@Test
	void anAnswersExtensionsAreNotPrinted() {
		Map<String, Object> extensions = Map.of("session", "secret");
		assertThat(new SettleResponse(true, null, null, "GP", "ab", "n", null, extensions)).asString()
			.contains("transaction=ab")
			.doesNotContain("secret");
		assertThat(new VerifyResponse(false, "why", null, "GP", extensions)).asString()
			.contains("invalidReason=why")
			.doesNotContain("secret");
	}

	@Test
	void leavesOutWhatIsAbsent() {
		assertThat(json(new ResourceInfo("https://a.example/x", null, null)))
			.isEqualTo("{\"url\":\"https://a.example/x\"}");
		assertThat(json(VerifyResponse.valid("GP"))).isEqualTo("{\"isValid\":true,\"payer\":\"GP\"}");
		assertThat(json(SettleResponse.failure("cap_exceeded", null, "stellar:testnet"))).isEqualTo(
				"{\"success\":false,\"errorReason\":\"cap_exceeded\",\"transaction\":\"\",\"network\":\"stellar:testnet\"}");
	}

	@Test
	void readsWhatItWrites() {
		PaymentRequirements accepted = WireJson.read(ACCEPTED.getBytes(UTF_8), PaymentRequirements.class);
		PaymentRequired required = PaymentRequired.of("cap_exceeded",
				new ResourceInfo("https://a.example/x", "d", "text/plain"), List.of(accepted));
		assertThat(WireJson.read(WireJson.write(required), PaymentRequired.class)).isEqualTo(required);
		FacilitatorRequest request = FacilitatorRequest.of(PaymentPayload.of(null, accepted, Map.of("sessionId", "s")),
				accepted);
		assertThat(WireJson.read(WireJson.write(request), FacilitatorRequest.class)).isEqualTo(request);
	}

	@Test
	void collectionsAreNestedDeeperThanMessages() {
		byte[] deep = ("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}").getBytes(UTF_8);
		assertThat(WireJson.readCollection(deep, Object.class)).isInstanceOf(Map.class);
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> WireJson.read(deep, Map.class));
		byte[] deeper = ("[".repeat(200) + "]".repeat(200)).getBytes(UTF_8);
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> WireJson.readCollection(deeper, List.class));
	}

	@Test
	void ignoresUnknownFields() {
		assertThat(WireJson.read("{\"isValid\":true,\"later\":[1]}".getBytes(UTF_8), VerifyResponse.class).isValid())
			.isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"x402Version":1,"accepted":@,"payload":{}}              | 'x402Version' must be 2
					{"x402Version":"2","accepted":@,"payload":{}}            | 'x402Version' is missing or has the wrong type
					{"x402Version":2.0,"accepted":@,"payload":{}}            | 'x402Version' is missing or has the wrong type
					{"accepted":@,"payload":{}}                              | 'x402Version' is missing or has the wrong type
					{"x402Version":2,"payload":{}}                           | 'accepted' is missing
					{"x402Version":2,"accepted":@}                           | 'payload' is missing
					{"x402Version":2,"accepted":@,"payload":"x"}             | 'payload' is missing or has the wrong type
					{"x402Version":2,"accepted":[],"payload":{}}             | 'accepted' is missing or has the wrong type
					{"x402Version":2,"x402Version":2,"accepted":@,"payload":{}} | not valid JSON
					{"x402Version":2,"accepted":{"scheme":1},"payload":{}}   | 'accepted.scheme' is missing or has the wrong type
					{"x402Version":2,"accepted":@,"payload":{}} x            | not valid JSON
					[]                                                       | not a JSON object of the expected shape
					"text"                                                   | not a JSON object of the expected shape
					17                                                       | not a JSON object of the expected shape
					null                                                     | not a JSON object
					{                                                        | not valid JSON
					""")
	void saysWhatIsWrongWithoutRepeatingTheInput(String json, String message) {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> WireJson.read(json.replace("@", ACCEPTED).getBytes(UTF_8), PaymentPayload.class))
			.withMessage(message);
	}

	@Test
	void refusesDeepNesting() {
		String deep = "{\"x402Version\":2,\"payload\":" + "{\"a\":".repeat(40) + "1" + "}".repeat(41);
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> WireJson.read(deep.getBytes(UTF_8), PaymentPayload.class));
	}

	@Test
	void aVerdictMustSayWhetherThePaymentIsValid() {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> WireJson.read("{}".getBytes(UTF_8), VerifyResponse.class));
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> WireJson.read("{\"network\":\"n\"}".getBytes(UTF_8), SettleResponse.class));
	}

	@Test
	void aPaymentDoesNotShowItsSecret() {
		PaymentRequirements accepted = WireJson.read(ACCEPTED.getBytes(UTF_8), PaymentRequirements.class);
		PaymentPayload payment = PaymentPayload.of(null, accepted, Map.of("sessionId", "top-secret"));
		assertThat(FacilitatorRequest.of(payment, accepted).toString()).doesNotContain("top-secret");
	}

	@ParameterizedTest
	@CsvSource({ "1000000,true", "0,true", "-1,false", "1.0,false", "'',false", "+1,false",
			"0000000000000000000000000000000000000001,false" })
	void anAmountIsDigitsOnly(String amount, boolean valid) {
		if (amount.isEmpty()) {
			assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> requirements(amount));
		}
		else if (valid) {
			assertThat(requirements(amount).baseUnits()).isEqualTo(amount);
		}
		else {
			assertThatExceptionOfType(MalformedMessageException.class)
				.isThrownBy(() -> requirements(amount).baseUnits());
		}
	}

	@ParameterizedTest
	@CsvSource({ "1,true", "007,true", "8,false", "0,false", "-1,false", "1.5,false", "one,false" })
	void amountIsPayableFromOneToTheLimit(String amount, boolean payable) {
		assertThat(requirements(amount).isPayableWithin(BigInteger.valueOf(7))).isEqualTo(payable);
	}

	private static PaymentRequirements requirements(String amount) {
		return new PaymentRequirements("session", "stellar:testnet", amount, "CA", "GA", 300, Map.of());
	}

	private static String json(Object value) {
		return new String(WireJson.write(value), UTF_8);
	}

	@Test
	void whatIsOddInASupportedAnswerIsLeftOut() {
		SupportedResponse supported = WireJson.read("""
				{"kinds":[{"x402Version":2,"scheme":"exact"},null,7,{"scheme":"x","network":"y:z"},
				{"x402Version":2,"scheme":"session","network":"stellar:testnet"}],
				"extensions":["payment-identifier",null,{"name":"other"}],
				"signers":{"stellar:*":["GA",null,1],"eip155:*":null,"x:*":"GB"}}""".getBytes(UTF_8),
				SupportedResponse.class);
		assertThat(supported.kinds()).containsExactly(new SupportedKind(2, "session", "stellar:testnet", Map.of()));
		assertThat(supported.extensions()).containsExactly("payment-identifier");
		assertThat(supported.signers()).containsOnly(Map.entry("stellar:*", List.of("GA")));
	}

	@Test
	void whatIsNotKnownSurvives() {
		String terms = """
				{"scheme":"session","network":"stellar:testnet","amount":"1","asset":"CA","payTo":"GA",
				"maxTimeoutSeconds":60,"extra":{"a":{"b":null}},"outputSchema":{"x":[1,{"y":true}]},"none":null}""";
		assertSurvives(terms, PaymentRequirements.class);
		assertSurvives(
				"""
						{"x402Version":2,"accepted":%s,"payload":{"sessionId":"s"},
						"resource":{"url":"https://a.example","serviceName":"A","tags":["b"],"iconUrl":"https://a.example/i"}}"""
					.formatted(terms),
				PaymentPayload.class);
		assertSurvives("""
				{"isValid":true,"payer":"GP","extra":{"settlement":"deferred"},"later":1}""", VerifyResponse.class);
		assertSurvives("""
				{"success":true,"transaction":"ab","network":"n:1","extra":{"a":[]},"later":"x"}""",
				SettleResponse.class);
	}

	@Test
	void changesKeepWhatIsNotKnown() {
		PaymentRequirements terms = WireJson.read("""
				{"scheme":"session","network":"stellar:testnet","amount":"1","asset":"CA","payTo":"GA",
				"maxTimeoutSeconds":60,"later":1}""".getBytes(UTF_8), PaymentRequirements.class);
		assertThat(terms.withAmount(BigInteger.TWO).others()).containsEntry("later", 1);
		assertThat(PaymentIdentifier.tracked(terms).others()).containsEntry("later", 1);
		SettleResponse receipt = WireJson.read("""
				{"success":false,"network":"n:1","later":1}""".getBytes(UTF_8), SettleResponse.class);
		assertThat(receipt.withPayer("GP").others()).containsEntry("later", 1);
		assertThat(receipt.toString()).doesNotContain("later");
	}

	private static void assertSurvives(String json, Class<?> type) {
		Map<?, ?> expected = WireJson.read(json.getBytes(UTF_8), Map.class);
		Map<?, ?> written = WireJson.read(WireJson.write(WireJson.read(json.getBytes(UTF_8), type)), Map.class);
		assertThat(written).as(type.getSimpleName()).isEqualTo(expected);
	}

}
