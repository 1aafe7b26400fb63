package io.github.x402sessions.facilitator;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.SessionHolder.Call;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Before a stream begins its seller has the most that it may cost held, and is paid what
 * it has delivered; whoever else knows the payment ends nothing.
 */
class MeteredStreamTests {

	private static final FacilitatorEnvironment ENVIRONMENT = FacilitatorEnvironment.withoutFacilitator();

	private static String session;

	@BeforeAll
	static void start() {
		ENVIRONMENT.start(Commitments.PROPERTIES);
		session = Commitments.session(ENVIRONMENT, ENVIRONMENT.payer(), 20_000_000);
	}

	@AfterAll
	static void close() {
		ENVIRONMENT.close();
	}

	@Test
	void streamIsHeldAndThenPaidForWhatItHasDelivered() {
		String own = Commitments.session(ENVIRONMENT, ENVIRONMENT.payer(), 1_000_000);
		Map<String, Object> most = of(own, "pay_of_a_stream_01", "100000");
		Reply held = hold(most);
		assertThat(held.status()).as("%s", held.body()).isEqualTo(200);
		String commitment = held.text("transaction");
		assertThat(commitment).matches("cmt_[A-Za-z0-9_-]{22}");
		assertThat(held.text("amount")).isEqualTo("100000");
		assertThat(held.text("extensions/session/settlement")).isEqualTo("held");
		assertThat(held.text("extensions/session/commitment")).isEqualTo(commitment);
		assertThat(held.text("extensions/session/remaining")).isEqualTo("900000");
		assertThat(held.body().at("/extensions/session/settleBefore").asLong())
			.isGreaterThan(ENVIRONMENT.devnet.latestLedger());
		assertThat(held.body().at("/extensions/session/heldUntil").asLong())
			.isBetween(Instant.now().getEpochSecond() + 800, Instant.now().getEpochSecond() + 900);
		assertState(own, commitment, "held", "100000");
		Reply again = hold(most);
		assertThat(again.text("transaction")).isEqualTo(commitment);
		assertThat(again.text("extensions/session/heldUntil")).isEqualTo(held.text("extensions/session/heldUntil"));
		assertThat(again.body().at("/extensions/payment-identifier/replayed").asBoolean()).isTrue();

		Map<String, Object> used = of(own, "pay_of_a_stream_01", "30000");
		Reply settled = ENVIRONMENT.client.settle(used);
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
		assertThat(settled.text("transaction")).isEqualTo(commitment);
		assertThat(settled.text("amount")).isEqualTo("30000");
		assertThat(settled.text("extensions/session/settlement")).isEqualTo("deferred");
		assertThat(settled.text("extensions/session/heldUntil")).isNull();
		assertThat(settled.text("extensions/session/remaining")).isEqualTo("970000");
		assertState(own, commitment, "committed", "30000");
		assertThat(ENVIRONMENT.client.settle(used).text("transaction")).isEqualTo(commitment);
		assertThat(reason(ENVIRONMENT.client.settle(of(own, "pay_of_a_stream_01", "30001"))))
			.isEqualTo("payment_identifier_conflict");
		assertThat(reason(hold(most))).isEqualTo("payment_identifier_conflict");
		assertThat(reason(hold(used))).isEqualTo("duplicate_settlement");
		assertThat(reason(release(most))).isEqualTo("duplicate_settlement");
		assertState(own, commitment, "committed", "30000");
	}

	@Test
	void streamThatDeliversNothingCostsNothing() {
		Map<String, Object> most = of(session, "pay_of_a_stream_02", "100000");
		String commitment = hold(most).text("transaction");
		assertThat(reason(ENVIRONMENT.client.settle(of(session, "pay_of_a_stream_02", "0"))))
			.isEqualTo("payment_identifier_conflict");
		Reply released = release(of(session, "pay_of_a_stream_02", "1"));
		assertThat(released.status()).as("%s", released.body()).isEqualTo(200);
		assertThat(released.text("transaction")).isEqualTo(commitment);
		assertThat(released.text("amount")).isEqualTo("0");
		assertThat(released.text("extensions/session/settlement")).isEqualTo("released");
		assertThat(release(most).status()).isEqualTo(200);
		Reply shown = ENVIRONMENT.client.get("/settlements/" + commitment);
		assertThat(shown.text("status")).isEqualTo("released");
		assertThat(shown.text("amount")).isEqualTo("0");
		Reply later = ENVIRONMENT.client.settle(most);
		assertThat(later.text("transaction")).as("a payment of its own").startsWith("cmt_").isNotEqualTo(commitment);
	}

	@Test
	void whatWouldSettleAtOnceIsNotHeld() {
		String own = Commitments.session(ENVIRONMENT, ENVIRONMENT.payer(), 20_000_000);
		assertThat(hold(of(own, "pay_within_the_credit", "9000000")).status()).isEqualTo(200);
		assertThat(reason(hold(of(own, "pay_above_the_credit", "9000000")))).isEqualTo("not_held");
		assertThat(ENVIRONMENT.client.get("/sessions/" + own).text("remaining")).isEqualTo("11000000");
		assertThat(reason(hold(Payments.tracked(Payments.identified(ENVIRONMENT, own, "pay_nobody_asked", "1000")))))
			.isEqualTo("not_held");
		String small = Commitments.session(ENVIRONMENT, ENVIRONMENT.payer(), 1_000);
		assertThat(reason(hold(of(small, "pay_above_the_cap_1", "1001")))).isEqualTo("cap_exceeded");
		assertThat(reason(hold(of("unknown", "pay_of_no_session_1", "1000")))).isEqualTo("session_not_found");
		assertThat(reason(release(of("unknown", "pay_of_no_session_1", "1000")))).isEqualTo("session_not_found");
		assertThat(ENVIRONMENT.client.get("/supported").body().at("/kinds/0/extra/holds").asBoolean()).isTrue();
		assertThat(ENVIRONMENT.client.get("/hold").status()).isEqualTo(405);
	}

	@Test
	void serverThatKeepsNoTrackIsToldOnceOfEachStep() {
		Map<String, Object> most = with(of(session, "pay_of_a_stream_03", "5000"), "paymentIdentifier", false);
		assertThat(hold(most).status()).isEqualTo(200);
		assertThat(reason(hold(most))).isEqualTo("duplicate_settlement");
		assertThat(ENVIRONMENT.client.verify(most).text("invalidReason")).isEqualTo("duplicate_settlement");
		Map<String, Object> used = with(of(session, "pay_of_a_stream_03", "4000"), "paymentIdentifier", false);
		assertThat(ENVIRONMENT.client.settle(used).status()).isEqualTo(200);
		assertThat(reason(ENVIRONMENT.client.settle(used))).isEqualTo("duplicate_settlement");
	}

	@Test
	void onlyItsHolderEndsAStream() {
		Map<String, Object> most = with(of(session, "pay_of_a_stream_04", "5000"), "holder", "secret");
		String commitment = hold(most).text("transaction");
		Map<String, Object> captured = of(session, "pay_of_a_stream_04", "5000");
		for (Map<String, Object> theft : List.of(captured, of(session, "pay_of_a_stream_04", "1"),
				with(captured, "holder", "guess"), with(captured, "holder", Map.of()))) {
			assertThat(reason(ENVIRONMENT.client.settle(theft))).isEqualTo("payment_identifier_conflict");
			assertThat(reason(release(theft))).isEqualTo("payment_identifier_conflict");
			assertThat(reason(hold(theft))).isEqualTo("payment_identifier_conflict");
			assertThat(ENVIRONMENT.client.verify(theft).text("invalidReason")).isEqualTo("payment_identifier_conflict");
		}
		Map<String, Object> elsewhere = new HashMap<>(most);
		elsewhere.put("paymentRequirements",
				with(terms(most), Map.of("payTo", ENVIRONMENT.otherMerchant.getAccountId())));
		assertThat(reason(ENVIRONMENT.client.settle(elsewhere))).isEqualTo("payment_identifier_conflict");
		assertThat(reason(release(elsewhere))).isEqualTo("payment_identifier_conflict");
		assertThat(
				reason(ENVIRONMENT.client.settle(with(of(session, "pay_of_a_stream_04", "5001"), "holder", "secret"))))
			.as("more than is held")
			.isEqualTo("payment_identifier_conflict");
		assertThat(ENVIRONMENT.client.get("/settlements/" + commitment).text("status")).isEqualTo("held");
		assertThat(ENVIRONMENT.client.verify(most).body().at("/isValid").asBoolean()).as("its holder asks again")
			.isTrue();
		Map<String, Object> used = with(of(session, "pay_of_a_stream_04", "4000"), "holder", "secret");
		assertThat(ENVIRONMENT.client.settle(used).text("transaction")).isEqualTo(commitment);
		assertThat(ENVIRONMENT.client.settle(used).text("transaction")).as("told again").isEqualTo(commitment);
	}

	@Test
	void keyOfASessionSignsWhatIsHeldAndWhatIsSettled() {
		SessionHolder holder = SessionHolder.of(ENVIRONMENT, 1_000_000, 100_000);
		Call call = holder.call("pay_of_a_stream_05", "100000").asking("extra", extra());
		assertThat(reason(hold(call.payload("signature", "AA").request()))).isEqualTo("invalid_signature");
		call = holder.call("pay_of_a_stream_05", "100000").asking("extra", extra()).validFor(-30);
		Reply held = hold(call.request());
		assertThat(held.status()).as("%s", held.body()).isEqualTo(200);
		assertThat(held.body().at("/extensions/session/heldUntil").asLong())
			.isBetween(Instant.now().getEpochSecond() + 880, Instant.now().getEpochSecond() + 900);
		assertThat(reason(release(holder.call("pay_of_a_stream_05", "100000").payload("signature", "AA").request())))
			.isEqualTo("invalid_signature");
		Reply settled = ENVIRONMENT.client.settle(call.asking("amount", "7").request());
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
		assertThat(settled.text("amount")).isEqualTo("7");
		assertThat(ENVIRONMENT.client.get("/sessions/" + holder.sessionId).text("settlements/0/signed"))
			.isEqualTo("true");
	}

	/** By then the payer has got what he streams. */
	@Test
	void payerWhoLeavesTheSessionsTokenBehindPaysAllTheSame() {
		Payer payer = ENVIRONMENT.payer();
		Map<String, Object> claims = payer.approved(1_000_000, ENVIRONMENT.devnet.latestLedger() + 100_000);
		String first = ENVIRONMENT.client.post("/sessions", claims).text("sessionId");
		String delivered = held(of(first, "pay_of_a_stream_07", "100000"));
		String given = held(of(first, "pay_of_a_stream_08", "100000"));
		String signed = ENVIRONMENT.client.post("/sessions", Proofs.signed(claims, payer.key)).text("sessionId");
		assertThat(signed).isNotNull().isNotEqualTo(first);
		assertThat(reason(ENVIRONMENT.client.settle(of(first, "pay_of_a_stream_07", "1")))).as("whose it is not")
			.isEqualTo("session_not_found");
		assertThat(reason(release(holding(of(signed, "pay_of_a_stream_08", "1"))))).as("of another token")
			.isEqualTo("payment_identifier_conflict");
		Reply settled = ENVIRONMENT.client.settle(holding(of(first, "pay_of_a_stream_07", "30000")));
		assertThat(settled.text("transaction")).as("%s", settled.body()).isEqualTo(delivered);
		assertThat(release(holding(of(first, "pay_of_a_stream_08", "1"))).text("transaction")).isEqualTo(given);
		assertThat(ENVIRONMENT.client.get("/sessions/" + signed).text("committed")).isEqualTo("30000");
		assertThat(reason(ENVIRONMENT.client.settle(holding(of(first, "pay_of_a_stream_08", "1")))))
			.as("nothing else is paid without the token")
			.isEqualTo("session_not_found");
	}

	/** Whoever knows a session may use up the wrong signatures that are looked at. */
	@Test
	void holderOfAStreamNeedsNoSignatureOnceItIsHeld() {
		SessionHolder session = SessionHolder.of(ENVIRONMENT, 1_000_000, 100_000);
		Map<String, Object> most = session.call("pay_of_a_stream_09", "100000").asking("extra", extra()).request();
		String commitment = held(most);
		Call unsigned = session.call("pay_of_a_stream_09", "100000").payload("signature", "AA");
		Map<String, Object> used = unsigned.asking("extra", extra()).asking("amount", "7").request();
		assertThat(reason(ENVIRONMENT.client.settle(used))).as("without its text").isEqualTo("invalid_signature");
		assertThat(ENVIRONMENT.client.settle(holding(used)).text("transaction")).isEqualTo(commitment);
		assertThat(reason(ENVIRONMENT.client.settle(holding(used)))).as("once it is settled")
			.isEqualTo("invalid_signature");
	}

	@Test
	void streamsUnderOneIdentifierAreToldApartByTheirSessions() {
		String other = Commitments.session(ENVIRONMENT, ENVIRONMENT.payer(), 1_000_000);
		String one = held(of(session, "pay_of_two_streams", "5000"));
		String another = held(of(other, "pay_of_two_streams", "5000"));
		assertThat(ENVIRONMENT.client.settle(holding(of(other, "pay_of_two_streams", "4000"))).text("transaction"))
			.isEqualTo(another);
		assertThat(ENVIRONMENT.client.settle(holding(of(session, "pay_of_two_streams", "3000"))).text("transaction"))
			.isEqualTo(one);
	}

	/** A process that starts lets go what others have left for too long. */
	@Test
	void streamWhoseServerIsGoneCostsNothing() {
		Map<String, Object> most = of(session, "pay_of_a_stream_06", "100000");
		String commitment = hold(most).text("transaction");
		ENVIRONMENT.stop();
		try (TestDatabase database = ENVIRONMENT.openDatabase()) {
			database.jdbc().sql("update settlement set held_until = 0 where id = :id").param("id", commitment).update();
		}
		ENVIRONMENT.start(Commitments.PROPERTIES);
		Eventually.isTrue(() -> "released".equals(ENVIRONMENT.client.get("/settlements/" + commitment).text("status")));
		assertThat(ENVIRONMENT.client.settle(most).text("transaction")).as("a payment of its own")
			.isNotEqualTo(commitment);
	}

	private static void assertState(String session, String commitment, String status, String amount) {
		Reply shown = ENVIRONMENT.client.get("/settlements/" + commitment);
		assertThat(shown.text("status")).isEqualTo(status);
		assertThat(shown.text("amount")).isEqualTo(amount);
		Reply state = ENVIRONMENT.client.get("/sessions/" + session);
		assertThat(state.text("committed")).isEqualTo(amount);
		assertThat(state.text("reserved")).isEqualTo("0");
		assertThat(state.text("settlements/0/status")).isEqualTo(status);
	}

	/** Have a payment held for its server alone and return the commitment's name. */
	private static String held(Map<String, Object> payment) {
		Reply held = hold(holding(payment));
		assertThat(held.status()).as("%s", held.body()).isEqualTo(200);
		return held.text("transaction");
	}

	private static Map<String, Object> holding(Map<String, Object> payment) {
		return with(payment, "holder", "secret");
	}

	private static Reply hold(Map<String, Object> payment) {
		return ENVIRONMENT.client.post("/hold", payment);
	}

	private static Reply release(Map<String, Object> payment) {
		return ENVIRONMENT.client.post("/release", payment);
	}

	private static String reason(Reply reply) {
		assertThat(reply.status()).isEqualTo(400);
		return reply.text("errorReason");
	}

	private static Map<String, Object> of(String session, String id, String amount) {
		return Commitments.of(ENVIRONMENT, session, id, amount);
	}

	private static Map<String, Object> extra() {
		return Map.of("spender", ENVIRONMENT.spender.getAccountId(), "settlement", "deferred");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> terms(Map<String, Object> payment) {
		return (Map<String, Object>) payment.get("paymentRequirements");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> with(Map<String, Object> payment, String name, Object value) {
		Map<String, Object> extra = with((Map<String, Object>) terms(payment).get("extra"), Map.of(name, value));
		return with(payment, Map.of("paymentRequirements", with(terms(payment), Map.of("extra", extra))));
	}

	private static Map<String, Object> with(Map<String, Object> map, Map<String, Object> more) {
		Map<String, Object> changed = new HashMap<>(map);
		changed.putAll(more);
		return changed;
	}

}
