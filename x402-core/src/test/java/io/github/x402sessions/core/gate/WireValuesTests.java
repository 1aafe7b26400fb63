package io.github.x402sessions.core.gate;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WireValuesTests {

	private static final String PAY_TO = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	static List<Object> values() {
		return List.of(5, 5L, new BigDecimal("0.1"), 1e300, new String[] { "a" }, URI.create("http://a"),
				Thread.State.NEW, List.of(Map.of("a", 1L)), new int[] { 1, 2 }, true);
	}

	/** What a client sends back as it came buys, whatever Java type it was made of. */
	@ParameterizedTest
	@MethodSource("values")
	void ourOwnTermsComeBack(Object value) {
		assertThat(decide(Map.of("ours", value), Map.of(), "", "")).isInstanceOf(PaymentDecision.Verified.class);
		assertThat(decide(Map.of(), Map.of("theirs", value), "", "")).isInstanceOf(PaymentDecision.Verified.class);
	}

	@ParameterizedTest
	@CsvSource({ "1.0,1,true", "1.0,1.00,true", "100.0,1e2,true", "1.0,2,false", "1.0,true,false", "1.0,[1],false" })
	void numbersAreComparedByValue(String from, String to, boolean same) {
		PaymentDecision decision = decide(Map.of("fees", List.of(Map.of("fee", Double.parseDouble(from)))), Map.of(),
				"\"fee\":" + Double.parseDouble(from), "\"fee\":" + to);
		assertThat(decision instanceof PaymentDecision.Verified).isEqualTo(same);
	}

	@Test
	void membersThatAreNullMayBeLeftOut() {
		Map<String, Object> nothing = new HashMap<>();
		nothing.put("memo", null);
		assertThat(decide(nothing, nothing, ",\"memo\":null", "")).isInstanceOf(PaymentDecision.Verified.class);
		assertThat(decide(nothing, nothing, "\"memo\":null", "")).isInstanceOf(PaymentDecision.Verified.class);
		Map<String, Object> deep = Map.of("deep", nothing);
		assertThat(decide(deep, Map.of(), "\"memo\":null", "")).isInstanceOf(PaymentDecision.Verified.class);
	}

	@Test
	void whatIsNotJsonIsRefused() {
		Map<String, Object> circle = new HashMap<>();
		circle.put("circle", circle);
		assertThatIllegalArgumentException().isThrownBy(() -> terms(circle)).withMessageContaining("extra");
	}

	private static PaymentDecision decide(Map<String, Object> ours, Map<String, Object> theirs, String from,
			String to) {
		FakeFacilitator facilitator = new FakeFacilitator();
		facilitator.support(theirs, "session");
		PaymentGate gate = new PaymentGate(facilitator);
		PricedRoute route = PricedRoute.of("x", terms(ours));
		var challenge = (PaymentDecision.Challenge) gate.decide(route, "http://x/y", null);
		String accepted = new String(WireJson.write(challenge.required().accepts().get(0)), StandardCharsets.UTF_8)
			.replace(from, to);
		String payment = "{\"x402Version\":2,\"accepted\":" + accepted + ",\"payload\":{\"sessionId\":\"s\"}}";
		return gate.decide(route, "http://x/y",
				gate.read(Base64.getEncoder().encodeToString(payment.getBytes(StandardCharsets.UTF_8))));
	}

	private static PaymentTerms terms(Map<String, Object> extra) {
		PaymentTerms terms = PaymentTerms.of("session", "stellar:testnet", Asset.usdc(Network.STELLAR_TESTNET), "1",
				PAY_TO);
		return new PaymentTerms(terms.scheme(), terms.network(), terms.asset(), terms.amount(), terms.payTo(),
				terms.maxTimeoutSeconds(), extra);
	}

}
