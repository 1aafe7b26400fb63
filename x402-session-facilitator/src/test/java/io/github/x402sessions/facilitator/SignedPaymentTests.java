package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.Commands.Output;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.SessionHolder.Call;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session with a key pays what the key's holder has signed, and nothing else to anybody
 * who has seen a payment, or the session's id.
 */
class SignedPaymentTests {

	private static final String ID = "pay_0123456789abcdef";

	private static FacilitatorEnvironment environment;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open();
	}

	@AfterAll
	static void close() {
		environment.close();
	}

	@Test
	void signedCallIsPaidOnceAndWhatWasSignedIsKept() {
		SessionHolder holder = SessionHolder.of(environment, 1_000_000);
		Call call = holder.call(ID, "100000");
		assertThat(call.verify().body().get("isValid").asBoolean()).isTrue();
		Reply settled = call.settle();
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
		Reply again = holder.call(ID, "100000").validFor(200).settle();
		assertThat(again.text("extensions/payment-identifier/replayed")).as("a new signature is the same request")
			.isEqualTo("true");
		assertThat(again.text("transaction")).isEqualTo(settled.text("transaction"));

		Reply shown = environment.client.get("/sessions/" + holder.sessionId);
		assertThat(shown.text("sessionKey")).isEqualTo(holder.key());
		assertThat(shown.text("spent")).isEqualTo("100000");
		assertThat(shown.text("settlements/0/signed")).isEqualTo("true");

		Output evidence = Commands.run(environment, "evidence", "--of", settled.text("transaction"));
		assertThat(evidence.code()).as(evidence.text()).isZero();
		JsonNode kept = WireJson.read(evidence.text().getBytes(), JsonNode.class);
		String statement = kept.at("/evidence/statement").asString();
		assertThat(statement).contains("\nhttps://shop.example/api/quote\n" + ID + "\n");
		assertThat(holder.hasSigned(statement, kept.at("/evidence/signature").asString())).isTrue();
		assertThat(kept.at("/transaction").asString()).isEqualTo(settled.text("transaction"));
		assertThat(evidence.text()).contains("\"status\":\"CONFIRMED\"").doesNotContain(holder.sessionId);
		assertThat(Commands.run(environment, "evidence", "--of", "nothing").code()).isEqualTo(1);
	}

	@Test
	void capturedCallBuysNothingElse() {
		SessionHolder holder = SessionHolder.of(environment, 1_000_000);
		SessionHolder other = SessionHolder.of(environment, 1_000_000);
		Map<String, UnaryOperator<Call>> thefts = new LinkedHashMap<>();
		thefts.put("a higher price", (call) -> call.terms("amount", "100001"));
		thefts.put("a lower price as accepted", (call) -> call.terms("amount", "99999"));
		thefts.put("more than was accepted", (call) -> call.asking("amount", "100001"));
		thefts.put("another spelling of more", (call) -> call.terms("amount", "0100000"));
		thefts.put("another recipient", (call) -> call.terms("payTo", environment.otherMerchant.getAccountId()));
		thefts.put("another server's own recipient",
				(call) -> call.asking("payTo", environment.otherMerchant.getAccountId()));
		thefts.put("another asset",
				(call) -> call.terms("asset", "CCW67TSZV3SSS2HXMBQ5JFGCKJNXKZM7UQUWUZPUTHXSTZLEO7SJMI75"));
		thefts.put("another server's own asset",
				(call) -> call.asking("asset", "CCW67TSZV3SSS2HXMBQ5JFGCKJNXKZM7UQUWUZPUTHXSTZLEO7SJMI75"));
		thefts.put("another network",
				(call) -> call.terms("network", "stellar:pubnet").asking("network", "stellar:testnet"));
		thefts.put("another URL", (call) -> call.at("https://shop.example/api/dear"));
		thefts.put("the same URL in other letters", (call) -> call.at("https://shop.example/api/Quote"));
		thefts.put("a URL with a line's end", (call) -> call.at("https://shop.example/api/quote\n" + ID));
		thefts.put("no URL", (call) -> call.at(null));
		thefts.put("another identifier", (call) -> call.as("pay_fedcba9876543210"));
		thefts.put("another method", (call) -> call.payload("method", "DELETE"));
		thefts.put("another body", (call) -> call.payload("body", "-"));
		thefts.put("more time", (call) -> call.payload("validUntil", System.currentTimeMillis() / 1000 + 200));
		thefts.put("another session of the same payer's kind", (call) -> call.payload("sessionId", other.sessionId));
		thefts.put("another session's signature",
				(call) -> call.payload("signature", other.call(ID, "100000").signature()));
		thefts.put("s + L for s", (call) -> call.payload("signature", SessionHolder.malleated(call.signature())));
		thefts.put("a neutral signature", (call) -> call.payload("signature", "AQ" + "A".repeat(84)));
		thefts.put("a short signature", (call) -> call.payload("signature", call.signature().substring(0, 84)));
		thefts.put("a long signature", (call) -> call.payload("signature", call.signature() + "AA"));
		thefts.put("no base64", (call) -> call.payload("signature", "!"));
		thefts
			.forEach((what, theft) -> assertRefused("invalid_signature", what, theft.apply(holder.call(ID, "100000"))));
		assertThat(spent(holder)).isEqualTo("0");
		assertThat(spent(other)).isEqualTo("0");
	}

	@Test
	void whoKnowsTheIdOnlyPaysAndLearnsNothing() {
		SessionHolder holder = SessionHolder.of(environment, 1_000_000);
		assertThat(holder.call(ID, "100000").settle().status()).isEqualTo(200);
		for (String paymentId : new String[] { ID, "pay_fedcba9876543210" }) {
			for (String member : new String[] { "signature", "method", "body", "validUntil" }) {
				assertRefused("signature_required", "without " + member,
						holder.call(paymentId, "100000").without(member));
			}
			assertRefused("invalid_signature", "signed by the merchant", holder.call(paymentId, "100000")
				.payload("signature", SessionHolder.of(environment, 1_000).call(paymentId, "100000").signature()));
		}
		assertRefused("signature_required", "of another type", holder.call(ID, "100000").payload("validUntil", "soon"));
		Reply unnamed = holder.call(ID, "100000").as(null).settle();
		assertThat(unnamed.text("errorReason")).isEqualTo("signature_required");
		assertThat(unnamed.text("errorMessage")).contains("payment-identifier");
		Map<String, Object> old = new HashMap<>();
		old.put("x402Version", 1);
		old.put("paymentPayload", Map.of("x402Version", 1, "scheme", "session", "network", "stellar:testnet", "payload",
				Map.of("sessionId", holder.sessionId)));
		old.put("paymentRequirements",
				Map.of("scheme", "session", "network", "stellar:testnet", "maxAmountRequired", "100000", "asset",
						environment.devnet.usdcContract(), "payTo", environment.merchant.getAccountId(), "extra",
						Map.of()));
		assertThat(environment.client.settle(old).text("errorReason")).isEqualTo("signature_required");
		assertThat(spent(holder)).isEqualTo("100000");
	}

	@Test
	void meteredCallCostsLessThanWasSigned() {
		SessionHolder holder = SessionHolder.of(environment, 1_000_000);
		Reply settled = holder.call(ID, "100000").asking("amount", "40000").settle();
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
		assertThat(spent(holder)).isEqualTo("40000");
	}

	@Test
	void signatureIsReadInEitherAlphabetWithOrWithoutPadding() {
		SessionHolder holder = SessionHolder.of(environment, 1_000_000);
		Call call = holder.call(ID, "100000");
		call.payload("signature", call.signature().replace('-', '+').replace('_', '/') + "==");
		assertThat(call.verify().body().get("isValid").asBoolean()).isTrue();
	}

	@Test
	void signatureHasItsTime() {
		SessionHolder holder = SessionHolder.of(environment, 1_000_000);
		assertRefused("payment_expired", "too far ahead", holder.call(ID, "100000").validFor(300 + 90));
		assertThat(holder.call(ID, "100000").validFor(-30).verify().text("isValid")).as("clocks differ")
			.isEqualTo("true");
		assertThat(holder.call(ID, "100000").validFor(-90).verify().text("invalidReason")).isEqualTo("payment_expired");
		assertThat(holder.call(ID, "100000").validFor(-90).settle().status()).as("it was verified in time")
			.isEqualTo(200);
		assertThat(holder.call(ID, "100000").validFor(-90).verify().text("isValid")).as("a repeat").isEqualTo("true");
		assertRefused("payment_expired", "a repeat", holder.call(ID, "100000").validFor(-16 * 60 - 30));
		assertRefused("payment_expired", "another",
				holder.call("pay_fedcba9876543210", "100000").validFor(-16 * 60 - 30));
		assertThat(spent(holder)).isEqualTo("100000");
	}

	@Test
	void sessionWithoutAKeyIgnoresSignatures() {
		String id = environment.payer().session(1_000_000);
		Call foreign = SessionHolder.of(environment, 1_000).call(ID, "100000").payload("sessionId", id);
		assertThat(foreign.without("method").settle().status()).isEqualTo(200);
		Reply shown = environment.client.get("/sessions/" + id);
		assertThat(shown.text("settlements/0/signed")).isEqualTo("false");
		assertThat(shown.body().has("sessionKey")).isFalse();
	}

	/**
	 * A node of the version before looks for the plain hash, and would ask for no
	 * signature.
	 */
	@Test
	void nodeThatKnowsNoKeysDoesNotFindTheSession() {
		SessionHolder holder = SessionHolder.of(environment, 1_000_000);
		String plain = sha256(holder.sessionId);
		try (TestDatabase books = environment.openDatabase()) {
			String stored = books.jdbc()
				.sql("select token_hash from payment_session where session_key = :key")
				.param("key", holder.key())
				.query(String.class)
				.single();
			assertThat(stored).isNotEqualTo(plain).hasSize(64).startsWith(plain.substring(0, 16));
		}
	}

	private static String sha256(String text) {
		return String.format("%064x", new BigInteger(1, org.stellar.sdk.Util.hash(text.getBytes())));
	}

	private static String spent(SessionHolder holder) {
		return environment.client.get("/sessions/" + holder.sessionId).text("spent");
	}

	private static void assertRefused(String reason, String what, Call call) {
		assertThat(call.verify().text("invalidReason")).as(what).isEqualTo(reason);
		Reply refused = call.settle();
		assertThat(refused.status()).as(what).isEqualTo(400);
		assertThat(refused.text("errorReason")).as(what).isEqualTo(reason);
	}

}
