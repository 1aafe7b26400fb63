package io.github.x402sessions.facilitator;

import java.util.HashMap;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a payer has taken back stays taken back, and only the ledger says that it was.
 */
class RevocationTests {

	private static FacilitatorEnvironment environment;

	private static NodeProxy proxy;

	private static TestDatabase database;

	private static JdbcClient books;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.withoutFacilitator();
		proxy = new NodeProxy(environment.devnet.rpcUri());
		environment.start(Map.of("facilitator.rpc-url", proxy.url(), "facilitator.settle-timeout", "1s"));
		database = environment.openDatabase();
		books = database.jdbc();
	}

	@AfterAll
	static void close() {
		database.close();
		proxy.close();
		environment.close();
	}

	@AfterEach
	void behave() {
		proxy.answer = (method, text) -> text;
	}

	@Test
	void quoteDoesNotBringARevokedSessionBackToLife() {
		Payer payer = environment.payer();
		String revoked = payer.session(5_000_000);
		revoke(payer);
		assertThat(quote(payer).text("allowance")).isEqualTo("1000000");
		assertThat(end(payer)).isEqualTo("uncovered");
		payer.approved(9_000_000);
		Reply refused = environment.client.settle(Payments.of(environment, revoked, "100000"));
		assertThat(refused.text("errorReason")).isEqualTo("session_superseded");
		assertThat(environment.client.get("/sessions/" + revoked).text("status")).isEqualTo("superseded");
	}

	@Test
	void quoteCoversNoMoreThanTheChainHasLeft() {
		Payer payer = environment.payer();
		payer.session(5_000_000);
		String second = payer.session(2_000_000);
		assertThat(quote(payer).text("allowance")).as("the first was superseded").isEqualTo("3000000");
		payer.approved(1_999_999);
		assertThat(quote(payer).text("allowance")).isEqualTo("1000000");
		assertThat(environment.client.verify(Payments.of(environment, second, "1")).text("invalidReason"))
			.isEqualTo("session_superseded");
	}

	@Test
	void verifyEndsASessionThatTheAllowanceNoLongerCoversInFull() {
		Payer payer = environment.payer();
		String id = payer.session(5_000_000);
		payer.approved(4_999_999);
		Eventually.isTrue(() -> "session_superseded"
			.equals(environment.client.verify(Payments.of(environment, id, "100000")).text("invalidReason")));
		assertThat(end(payer)).isEqualTo("uncovered");
	}

	@Test
	void bearerSeesThatTheSessionHasEnded() {
		Payer payer = environment.payer();
		String id = payer.session(5_000_000);
		revoke(payer);
		Eventually.isTrue(() -> "superseded".equals(environment.client.get("/sessions/" + id).text("status")));
	}

	@Test
	void revokedSessionEndsThoughNobodyAsksForIt() {
		Payer payer = environment.payer();
		Payer other = environment.payer();
		payer.session(5_000_000);
		String kept = other.session(5_000_000);
		revoke(payer);
		Eventually.isTrue(() -> "uncovered".equals(end(payer)));
		assertThat(environment.client.get("/sessions/" + kept).text("status")).isEqualTo("active");
	}

	@Test
	void nodeThatLagsEndsNothing() {
		Payer payer = environment.payer();
		String id = payer.session(5_000_000);
		revoke(payer);
		proxy.answer = (method, text) -> method.equals("getLedgerEntries")
				? text.replaceAll("\"latestLedger\":\\d+", "\"latestLedger\":1") : text;
		assertThat(environment.client.verify(Payments.of(environment, id, "100000")).status()).isEqualTo(503);
		assertThat(quote(payer).status()).isEqualTo(503);
		assertThat(environment.client.get("/sessions/" + id).text("status")).isEqualTo("active");
		assertThat(end(payer)).isNull();
		behave();
		assertThat(quote(payer).text("allowance")).isEqualTo("1000000");
	}

	@Test
	void paymentOfOursThatHasMovedEndsNothingAndIsNoReasonToKeepWhatIsRevoked() {
		Payer payer = environment.payer();
		String id = payer.session(5_000_000);
		moveUnseen(id, "2000000");
		assertThat(quote(payer).text("allowance")).isEqualTo("6000000");
		assertThat(end(payer)).isNull();
		behave();
		Eventually.isTrue(() -> "2000000".equals(environment.client.get("/sessions/" + id).text("spent")));
		assertThat(quote(payer).text("allowance")).isEqualTo("4000000");
	}

	@Test
	void revokedSessionEndsWhileAPaymentIsOnItsWay() {
		Payer payer = environment.payer();
		String id = payer.session(5_000_000);
		moveUnseen(id, "2000000");
		revoke(payer);
		quote(payer);
		assertThat(end(payer)).isEqualTo("uncovered");
		behave();
		Eventually.isTrue(() -> "2000000".equals(environment.client.get("/sessions/" + id).text("spent")));
	}

	/** The ledger has it, and the books do not know yet. */
	private static void moveUnseen(String id, String amount) {
		proxy.answer = (method, text) -> method.equals("getTransaction")
				? text.replace("\"status\":\"SUCCESS\"", "\"status\":\"NOT_FOUND\"") : text;
		assertThat(environment.client.settle(Payments.of(environment, id, amount)).text("errorReason"))
			.isEqualTo("settlement_pending");
	}

	private static void revoke(Payer payer) {
		payer.approved(0, environment.devnet.latestLedger() + FacilitatorEnvironment.LIFETIME);
	}

	private static Reply quote(Payer payer) {
		return environment.client.post("/sessions/quote",
				new HashMap<>(Map.of("user", payer.address(), "asset", environment.devnet.usdcContract(), "recipient",
						environment.merchant.getAccountId(), "cap", "1000000", "expiresIn", 3_600, "network",
						"stellar:testnet")));
	}

	/** Why the payer's oldest session has ended, by the books. */
	private static String end(Payer payer) {
		return books.sql("select end_reason from payment_session where payer = :payer order by created_at limit 1")
			.param("payer", payer.address())
			.query(String.class)
			.list()
			.get(0);
	}

}
