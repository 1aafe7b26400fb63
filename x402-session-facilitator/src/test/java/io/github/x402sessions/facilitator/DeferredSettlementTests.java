package io.github.x402sessions.facilitator;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import io.github.x402sessions.core.hash.Sha256;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A seller who has agreed is told of a payment before a ledger has it, and gets it told
 * again and shown as the same commitment.
 */
class DeferredSettlementTests {

	private static final String KEY = "a-long-random-secret";

	private static final FacilitatorEnvironment ENVIRONMENT = FacilitatorEnvironment.withoutFacilitator();

	private static Map<String, String> properties;

	private static String session;

	@BeforeAll
	static void start() {
		properties = new HashMap<>(Map.of("facilitator.deferred.enabled", "true", "facilitator.deferred.recipients",
				ENVIRONMENT.merchant.getAccountId(), "facilitator.deferred.first-credit", "0.5",
				"facilitator.access.keys[0].name", "shop", "facilitator.access.keys[0].hash", sha256(KEY),
				"facilitator.access.keys[0].recipients[0]", ENVIRONMENT.merchant.getAccountId(),
				"facilitator.access.keys[1].name", "other", "facilitator.access.keys[1].hash", sha256("other"),
				"facilitator.access.keys[1].recipients[0]", ENVIRONMENT.otherMerchant.getAccountId()));
		ENVIRONMENT.start(properties);
		session = session(20_000_000, 100_000);
	}

	@AfterAll
	static void close() {
		ENVIRONMENT.close();
	}

	@Test
	void paymentIsAnsweredByACommitmentWhichEveryRepeatGetsAgain() {
		Map<String, Object> payment = deferred(session, "pay_committed_once_1", "100000", true);
		assertThat(ENVIRONMENT.client.verify(payment).text("extensions/session/settlement")).isEqualTo("deferred");
		FacilitatorClient.Reply reply = ENVIRONMENT.client.settle(payment);
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
		String commitment = reply.text("transaction");
		assertThat(commitment).matches("cmt_[A-Za-z0-9_-]{22}");
		assertThat(reply.text("amount")).isEqualTo("100000");
		assertThat(reply.text("extensions/session/settlement")).isEqualTo("deferred");
		assertThat(reply.text("extensions/session/commitment")).isEqualTo(commitment);
		assertThat(reply.body().at("/extensions/session/settleBefore").asLong())
			.isBetween(ENVIRONMENT.devnet.latestLedger() + 720, ENVIRONMENT.devnet.latestLedger() + 100_000);
		ENVIRONMENT.stop();
		ENVIRONMENT.start(properties);
		FacilitatorClient.Reply again = ENVIRONMENT.client.settle(payment);
		assertThat(again.status()).isEqualTo(200);
		assertThat(again.text("transaction")).isEqualTo(commitment);
		assertThat(again.text("extensions/session/commitment")).isEqualTo(commitment);
		assertThat(again.body().at("/extensions/payment-identifier/replayed").asBoolean()).isTrue();
		assertThat(ENVIRONMENT.client.settle(deferred(session, "pay_committed_once_1", "100001", true))
			.text("errorReason")).isEqualTo("payment_identifier_conflict");
		FacilitatorClient.Reply shown = ENVIRONMENT.client.get("/settlements/" + commitment);
		assertThat(shown.text("amount")).isEqualTo("100000");
		assertThat(shown.text("payment")).isEqualTo(Sha256.hex("pay_committed_once_1"));
		assertThat(shown.text("status")).as("a process that ends redeems").isIn("committed", "submitted", "confirmed");
	}

	@Test
	void serverThatKeepsNoTrackIsToldOnce() {
		Map<String, Object> payment = deferred(session, "pay_committed_once_2", "1000", false);
		assertThat(ENVIRONMENT.client.settle(payment).text("transaction")).startsWith("cmt_");
		assertThat(ENVIRONMENT.client.settle(payment).text("errorReason")).isEqualTo("duplicate_settlement");
		assertThat(ENVIRONMENT.client.verify(payment).text("invalidReason")).isEqualTo("duplicate_settlement");
	}

	@Test
	void whatIsNotAgreedOrAboveALimitSettlesAtOnceWithTheSameCall() {
		assertSettlesAtOnce(deferred(session, "pay_above_the_credit", "9000000", true));
		assertSettlesAtOnce(Payments.of(ENVIRONMENT, session, Map.of("amount", "1000", "extra", extra(true))));
		assertSettlesAtOnce(deferred(session(1_000_000, 700), "pay_session_ends_soon", "1000", true));
		Map<String, Object> unasked = Payments
			.tracked(Payments.identified(ENVIRONMENT, session, "pay_nobody_asked_for", "1000"));
		assertThat(ENVIRONMENT.client.verify(unasked).text("extensions/session/settlement")).isNull();
		assertThat(ENVIRONMENT.client.settle(unasked).text("transaction")).matches("[0-9a-f]{64}");
	}

	@Test
	void sessionShowsWhatIsCommittedAndSupportedSaysSo() {
		String own = session(5_000_000, 100_000);
		ENVIRONMENT.client.settle(deferred(own, "pay_of_a_session_shown", "2000", true));
		FacilitatorClient.Reply shown = ENVIRONMENT.client.get("/sessions/" + own);
		assertThat(shown.text("spent")).isEqualTo("0");
		assertThat(shown.text("reserved")).isEqualTo("0");
		assertThat(shown.text("committed")).isEqualTo("2000");
		assertThat(shown.text("remaining")).isEqualTo("4998000");
		assertThat(shown.text("owed")).isEqualTo("5000000");
		assertThat(shown.text("settlements/0/status")).isEqualTo("committed");
		assertThat(ENVIRONMENT.client.get("/supported").body().at("/kinds/0/extra/deferred").asBoolean()).isTrue();
	}

	@Test
	void recipientReadsItsBooksWithItsKeyInThreeForms() {
		String recipient = ENVIRONMENT.merchant.getAccountId();
		ENVIRONMENT.client.settle(deferred(session, "pay_that_is_in_the_books", "3000", true));
		String path = "/settlements?recipient=" + recipient;
		assertThat(ENVIRONMENT.client.get(path).status()).isEqualTo(401);
		assertThat(ENVIRONMENT.client.with("Bearer other").get(path).status()).isEqualTo(403);
		FacilitatorClient seller = ENVIRONMENT.client.with("Bearer " + KEY);
		FacilitatorClient.Reply page = seller.get(path + "&limit=1000");
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.body().at("/settlements").values()).anySatisfy((entry) -> {
			assertThat(entry.at("/id").asString()).startsWith("cmt_");
			assertThat(entry.at("/status").asString()).isEqualTo("committed");
			assertThat(entry.at("/amount").asString()).isEqualTo("3000");
			assertThat(entry.at("/deferred").asBoolean()).isTrue();
			assertThat(entry.at("/network").asString()).isEqualTo("stellar:testnet");
		});
		assertThat(seller.get(path + "&since=" + page.text("next")).body().at("/settlements")).isEmpty();
		FacilitatorClient.Reply now = seller.get(path + "&since=latest");
		assertThat(now.body().at("/settlements")).isEmpty();
		assertThat(Long.parseLong(now.text("next"))).isGreaterThanOrEqualTo(Long.parseLong(page.text("next")));
		assertThat(seller.get(path + "&open=true&limit=1000").body().at("/settlements").values())
			.allSatisfy((entry) -> assertThat(entry.at("/status").asString()).isIn("committed", "submitted"))
			.anySatisfy((entry) -> assertThat(entry.at("/amount").asString()).isEqualTo("3000"));
		FacilitatorClient.Reply csv = seller.get(path + "&limit=1", "text/csv");
		assertThat(csv.header("Content-Type")).startsWith("text/csv");
		assertThat(text(csv).lines()).hasSize(2).first().asString().startsWith("id,status,amount");
		assertThat(csv.header("Link")).contains("since=").endsWith("; rel=\"next\"");
		FacilitatorClient.Reply lines = seller.get(path + "&limit=2", "application/jsonl");
		assertThat(text(lines).lines()).hasSize(2).allSatisfy((line) -> assertThat(line).startsWith("{\"id\":"));
		assertThat(seller.get(path + "&since=yesterday").status()).isEqualTo(400);
		FacilitatorClient.Reply beyond = seller.get(path + "&since=1" + page.text("next"));
		assertThat(beyond.status()).as("told by books that are lost").isEqualTo(400);
		assertThat(text(beyond)).contains("begin again with 0");
		assertThat(seller.get("/settlements").status()).isEqualTo(400);
		assertThat(ENVIRONMENT.client.get("/settlements/cmt_0123456789abcdefghijkl").status()).isEqualTo(404);
	}

	private static void assertSettlesAtOnce(Map<String, Object> payment) {
		assertThat(ENVIRONMENT.client.verify(payment).text("extensions/session/settlement")).isEqualTo("immediate");
		FacilitatorClient.Reply reply = ENVIRONMENT.client.settle(payment);
		assertThat(reply.text("transaction")).as("%s", reply.body()).matches("[0-9a-f]{64}");
		assertThat(reply.text("extensions/session/settlement")).isNull();
	}

	private static Map<String, Object> deferred(String session, String paymentId, String amount, boolean tracked) {
		return Payments.identified(Payments.of(ENVIRONMENT, session, Map.of("amount", amount, "extra", extra(tracked))),
				paymentId);
	}

	private static Map<String, Object> extra(boolean tracked) {
		return Map.of("spender", ENVIRONMENT.spender.getAccountId(), "settlement", "deferred", "paymentIdentifier",
				tracked);
	}

	private static String session(long cap, long ledgers) {
		FacilitatorClient.Reply reply = ENVIRONMENT.client.post("/sessions",
				ENVIRONMENT.payer().approved(cap, ENVIRONMENT.devnet.latestLedger() + ledgers));
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
		return reply.text("sessionId");
	}

	private static String text(FacilitatorClient.Reply reply) {
		return new String(reply.response().body(), StandardCharsets.UTF_8);
	}

	private static String sha256(String text) {
		return Sha256.hex(text);
	}

}
