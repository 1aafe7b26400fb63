package io.github.x402sessions.facilitator;

import java.util.HashMap;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
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

	private static Town town;

	private static NodeProxy proxy;

	private static TestDatabase database;

	private static JdbcClient books;

	@BeforeAll
	static void open() {
		town = Town.withoutFacilitator();
		proxy = new NodeProxy(town.devnet.rpcUri());
		town.start(Map.of("facilitator.rpc-url", proxy.url(), "facilitator.settle-timeout", "1s"));
		database = town.openDatabase();
		books = database.jdbc();
	}

	@AfterAll
	static void close() {
		database.close();
		proxy.close();
		town.close();
	}

	@AfterEach
	void behave() {
		proxy.answer = (method, text) -> text;
	}

	@Test
	void quoteDoesNotBringARevokedSessionBackToLife() {
		Payer payer = town.payer();
		String revoked = payer.session(5_000_000);
		revoke(payer);
		assertThat(quote(payer).text("allowance")).isEqualTo("1000000");
		assertThat(end(payer)).isEqualTo("uncovered");
		payer.approved(9_000_000);
		Reply refused = town.client.settle(Payments.of(town, revoked, "100000"));
		assertThat(refused.text("errorReason")).isEqualTo("session_superseded");
		assertThat(town.client.get("/sessions/" + revoked).text("status")).isEqualTo("superseded");
	}

	@Test
	void quoteCoversNoMoreThanTheChainHasLeft() {
		Payer payer = town.payer();
		payer.session(5_000_000);
		String second = payer.session(2_000_000);
		assertThat(quote(payer).text("allowance")).as("the first was superseded").isEqualTo("3000000");
		payer.approved(1_999_999);
		assertThat(quote(payer).text("allowance")).isEqualTo("1000000");
		assertThat(town.client.verify(Payments.of(town, second, "1")).text("invalidReason"))
			.isEqualTo("session_superseded");
	}

	@Test
	void verifyEndsASessionThatTheAllowanceNoLongerCoversInFull() {
		Payer payer = town.payer();
		String id = payer.session(5_000_000);
		payer.approved(4_999_999);
		Eventually.isTrue(() -> "session_superseded"
			.equals(town.client.verify(Payments.of(town, id, "100000")).text("invalidReason")));
		assertThat(end(payer)).isEqualTo("uncovered");
	}

	@Test
	void bearerSeesThatTheSessionHasEnded() {
		Payer payer = town.payer();
		String id = payer.session(5_000_000);
		revoke(payer);
		Eventually.isTrue(() -> "superseded".equals(town.client.get("/sessions/" + id).text("status")));
	}

	@Test
	void revokedSessionEndsThoughNobodyAsksForIt() {
		Payer payer = town.payer();
		Payer other = town.payer();
		payer.session(5_000_000);
		String kept = other.session(5_000_000);
		revoke(payer);
		Eventually.isTrue(() -> "uncovered".equals(end(payer)));
		assertThat(town.client.get("/sessions/" + kept).text("status")).isEqualTo("active");
	}

	@Test
	void nodeThatLagsEndsNothing() {
		Payer payer = town.payer();
		String id = payer.session(5_000_000);
		revoke(payer);
		proxy.answer = (method, text) -> method.equals("getLedgerEntries")
				? text.replaceAll("\"latestLedger\":\\d+", "\"latestLedger\":1") : text;
		assertThat(town.client.verify(Payments.of(town, id, "100000")).status()).isEqualTo(503);
		assertThat(quote(payer).status()).isEqualTo(503);
		assertThat(town.client.get("/sessions/" + id).text("status")).isEqualTo("active");
		assertThat(end(payer)).isNull();
		behave();
		assertThat(quote(payer).text("allowance")).isEqualTo("1000000");
	}

	@Test
	void paymentOfOursThatHasMovedEndsNothingAndIsNoReasonToKeepWhatIsRevoked() {
		Payer payer = town.payer();
		String id = payer.session(5_000_000);
		moveUnseen(id, "2000000");
		assertThat(quote(payer).text("allowance")).isEqualTo("6000000");
		assertThat(end(payer)).isNull();
		behave();
		Eventually.isTrue(() -> "2000000".equals(town.client.get("/sessions/" + id).text("spent")));
		assertThat(quote(payer).text("allowance")).isEqualTo("4000000");
	}

	@Test
	void revokedSessionEndsWhileAPaymentIsOnItsWay() {
		Payer payer = town.payer();
		String id = payer.session(5_000_000);
		moveUnseen(id, "2000000");
		revoke(payer);
		quote(payer);
		assertThat(end(payer)).isEqualTo("uncovered");
		behave();
		Eventually.isTrue(() -> "2000000".equals(town.client.get("/sessions/" + id).text("spent")));
	}

	/** The ledger has it, and the books do not know yet. */
	private static void moveUnseen(String id, String amount) {
		proxy.answer = (method, text) -> method.equals("getTransaction")
				? text.replace("\"status\":\"SUCCESS\"", "\"status\":\"NOT_FOUND\"") : text;
		assertThat(town.client.settle(Payments.of(town, id, amount)).text("errorReason"))
			.isEqualTo("settlement_pending");
	}

	private static void revoke(Payer payer) {
		payer.approved(0, town.devnet.latestLedger() + Town.LIFETIME);
	}

	private static Reply quote(Payer payer) {
		return town.client.post("/sessions/quote",
				new HashMap<>(Map.of("user", payer.address(), "asset", town.devnet.usdcContract(), "recipient",
						town.merchant.getAccountId(), "cap", "1000000", "expiresIn", 3_600, "network",
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
