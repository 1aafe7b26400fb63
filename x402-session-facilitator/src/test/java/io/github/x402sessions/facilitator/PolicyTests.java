package io.github.x402sessions.facilitator;

import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What verify and settle refuse, each with its reason, and without a settlement.
 */
class PolicyTests {

	private static FacilitatorEnvironment environment;

	private static String session;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open();
		session = environment.payer().session(50_000_000);
	}

	@AfterAll
	static void close() {
		environment.close();
	}

	@Test
	void unknownSession() {
		assertRefused(Payments.of(environment, "A".repeat(43), Map.of()), "session_not_found");
		assertRefused(Payments.of(environment, "x' or '1'='1", Map.of("payTo", "nobody")), "session_not_found");
	}

	@Test
	void noSession() {
		assertRefused(Payments.of(environment, null, Map.of()), "missing_session_id");
		assertRefused(Payments.of(environment, " ", Map.of()), "missing_session_id");
	}

	@Test
	void otherTermsThanTheSession() {
		assertRefused(Payments.of(environment, session, Map.of("scheme", "upto")), "scheme_mismatch");
		assertRefused(Payments.of(environment, session, Map.of("network", "stellar:pubnet")), "network_mismatch");
		assertRefused(Payments.of(environment, session, Map.of("asset", KeyPair.random().getAccountId())),
				"asset_mismatch");
		assertRefused(Payments.of(environment, session, Map.of("payTo", environment.otherMerchant.getAccountId())),
				"recipient_mismatch");
		assertRefused(Payments.of(environment, session, Map.of("extra", Map.of("spender", "GX"))), "spender_mismatch");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "-1", "0", "1.5", "1e3", "9223372036854775808", "00", "+1",
			"9999999999999999999999999999999999999999" })
	void amountThatIsNone(String amount) {
		assertRefused(Payments.of(environment, session, amount), "invalid_amount");
	}

	@Test
	void moreThanACallMayCost() {
		assertRefused(Payments.of(environment, session, "10000001"), "per_call_limit_exceeded");
		assertThat(environment.client.verify(Payments.of(environment, session, "10000000"))
			.body()
			.get("isValid")
			.asBoolean()).isTrue();
	}

	@Test
	void moreThanIsLeft() {
		String small = environment.payer().session(10);
		assertRefused(Payments.of(environment, small, "11"), "cap_exceeded");
	}

	@Test
	void sessionNearItsEnd() {
		Payer payer = environment.payer();
		long until = environment.devnet.latestLedger() + 600;
		String id = environment.client.post("/sessions", payer.approved(1_000_000, until)).text("sessionId");
		environment.closeUntil(until - 11);
		Eventually.isTrue(() -> "session_expired"
			.equals(environment.client.verify(Payments.of(environment, id, "1")).text("invalidReason")));
		assertRefused(Payments.of(environment, id, "1"), "session_expired");
		assertThat(environment.client.get("/sessions/" + id).text("status")).isEqualTo("expired");
	}

	@Test
	void sessionThatNobodyHas() {
		Reply reply = environment.client.get("/sessions/" + "A".repeat(43));
		assertThat(reply.status()).isEqualTo(404);
		assertThat(reply.text("error")).isEqualTo("session_not_found");
	}

	private static void assertRefused(Map<String, Object> payment, String reason) {
		Reply verified = environment.client.verify(payment);
		assertThat(verified.status()).as("%s", verified.body()).isEqualTo(200);
		assertThat(verified.body().get("isValid").asBoolean()).isFalse();
		assertThat(verified.text("invalidReason")).isEqualTo(reason);
		Reply settled = environment.client.settle(payment);
		assertThat(settled.status()).isEqualTo(400);
		assertThat(settled.body().get("success").asBoolean()).isFalse();
		assertThat(settled.text("errorReason")).isEqualTo(reason);
		assertThat(settled.text("transaction")).isEmpty();
	}

}
