package io.github.x402sessions.facilitator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import java.util.stream.IntStream;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was committed is paid by few transactions, and what a payer cannot pay is put in
 * default, collected or written off.
 */
class RedemptionTests {

	private static final long ALL = 1_000_000_000;

	private static FacilitatorEnvironment environment;

	private static NodeProxy node;

	private static TestDatabase database;

	private static JdbcClient books;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.withoutFacilitator();
		node = new NodeProxy(environment.devnet.rpcUri());
		start();
		database = environment.openDatabase();
		books = database.jdbc();
	}

	@AfterAll
	static void close() {
		database.close();
		environment.close();
		node.close();
	}

	private static void start() {
		Map<String, String> properties = new HashMap<>(Commitments.PROPERTIES);
		properties.put("facilitator.rpc-url", node.url());
		properties.put("facilitator.channels", "4");
		environment.start(properties);
	}

	@Test
	void whatHasWaitedLongEnoughIsPaidByOneTransaction() {
		Payer payer = environment.payer();
		String session = Commitments.session(environment, payer, 5_000_000);
		BigInteger before = environment.usdc(environment.merchant);
		List<String> commitments = IntStream.range(0, 10)
			.mapToObj((i) -> Commitments.commit(environment, session, "1000"))
			.toList();
		assertThat(statuses(payer)).containsExactly("COMMITTED 10");
		grow(payer);
		awaitStatuses(payer, "CONFIRMED 10");
		assertThat(books.sql("select count(distinct tx_hash) from settlement where id in (:ids)")
			.param("ids", commitments)
			.query(Integer.class)
			.single()).isOne();
		assertThat(environment.usdc(environment.merchant).subtract(before)).isEqualTo(10_000);
		assertThat(sums(payer)).isEqualTo("spent 10000 reserved 0 committed 0");
		assertThat(environment.client.get("/sessions/" + session).text("spent")).isEqualTo("10000");
	}

	/** What the payer has not is in default, however many carry the rest. */
	@Test
	void moreThanOneTransactionCarriesIsOnItsWayTogether() {
		Payer payer = environment.payer();
		String commitment = Commitments.commit(environment, Commitments.session(environment, payer, 5_000_000), "1");
		Commitments.repeat(database, commitment, 4_499);
		payer.transfer(environment.otherMerchant.getAccountId(), ALL - 4_000);
		node.answer = (method, text) -> method.equals("getTransaction")
				? text.replaceFirst("\"status\":\"SUCCESS\"", "\"status\":\"NOT_FOUND\"") : text;
		try {
			grow(payer);
			Eventually.isTrue(() -> books.sql("""
					select count(distinct tx_hash) from settlement where payer = :payer and status = 'SUBMITTED'""")
				.param("payer", payer.address())
				.query(Integer.class)
				.single() > 1);
		}
		finally {
			node.answer = (method, text) -> text;
		}
		awaitStatuses(payer, "CONFIRMED 4000", "DEFAULTED 500");
		assertThat(sums(payer)).isEqualTo("spent 4000 reserved 500 committed 500");
	}

	@Test
	void moreThanHalfOfWhatIsLentIsRedeemedAtOnce() {
		Payer payer = environment.payer();
		String session = Commitments.session(environment, payer, 9_000_000);
		Commitments.commit(environment, session, "5000001");
		awaitStatuses(payer, "CONFIRMED 1");
	}

	@Test
	void closingASessionPaysWhatItHasPromisedBeforeTheAllowanceIsTakenBack() {
		Payer payer = environment.payer();
		String session = Commitments.session(environment, payer, 5_000_000);
		Commitments.commit(environment, session, "1000");
		Commitments.commit(environment, session, "1000");
		Reply closed = environment.client.delete("/sessions/" + session);
		assertThat(closed.text("status")).isEqualTo("closed");
		assertThat(closed.text("spent")).isEqualTo("2000");
		assertThat(statuses(payer)).containsExactly("CONFIRMED 2");
	}

	@Test
	void newApproveOfTheSameAllowanceHasTheOldOneRedeemed() {
		Payer payer = environment.payer();
		String session = Commitments.session(environment, payer, 2_000_000);
		Commitments.commit(environment, session, "1000");
		besides(payer, 2_000_000);
		awaitStatuses(payer, "CONFIRMED 1");
	}

	@Test
	void emptiedWalletPaysTheOldestAndTheRestOnceTheMoneyIsBack() {
		Payer payer = environment.payer();
		String session = Commitments.session(environment, payer, 5_000_000);
		for (int i = 0; i < 4; i++) {
			Commitments.commit(environment, session, "100000");
		}
		BigInteger before = environment.usdc(environment.merchant);
		payer.transfer(environment.otherMerchant.getAccountId(), ALL - 250_000);
		grow(payer);
		awaitStatuses(payer, "CONFIRMED 2", "DEFAULTED 2");
		assertThat(end(payer)).isEqualTo("defaulted");
		assertThat(sums(payer)).isEqualTo("spent 200000 reserved 200000 committed 200000");
		String other = besides(payer, 200_000);
		assertThat(Commitments.pay(environment, other, "1000").text("transaction")).as("nothing is lent")
			.doesNotStartWith("cmt_");
		faucet(payer, "0.02");
		awaitStatuses(payer, "CONFIRMED 5");
		assertThat(environment.usdc(environment.merchant).subtract(before)).isEqualTo(401_000);
		assertThat(environment.client.get("/sessions/" + other).text("status")).isEqualTo("active");
		assertThat(Commitments.commit(environment, other, "1000")).isNotEmpty();
		environment.client.delete("/sessions/" + other);
	}

	@Test
	void approveThatWasReplacedPaysTheOldestItCovers() {
		Payer payer = environment.payer();
		String session = Commitments.session(environment, payer, 5_000_000);
		Commitments.commit(environment, session, "1000");
		Commitments.commit(environment, session, "1000");
		payer.approved(1_999);
		grow(payer);
		awaitStatuses(payer, "CONFIRMED 1", "DEFAULTED 1");
		assertThat(end(payer)).isEqualTo("defaulted");
	}

	@Test
	void revokedAllowanceIsCollectedFromWhatNoOtherSessionNeeds() {
		Payer payer = environment.payer();
		String session = Commitments.session(environment, payer, 5_000_000);
		Commitments.commit(environment, session, "1000");
		payer.approved(0);
		grow(payer);
		awaitStatuses(payer, "DEFAULTED 1");
		String other = besides(payer, 1_000);
		awaitStatuses(payer, "CONFIRMED 1");
		assertThat(environment.client.get("/sessions/" + other).text("status")).isEqualTo("active");
	}

	@Test
	void lostTrustlineIsADefaultUntilItIsBack() {
		Payer payer = environment.payer();
		String session = Commitments.session(environment, payer, 5_000_000);
		Commitments.commit(environment, session, "1000");
		payer.transfer(environment.otherMerchant.getAccountId(), ALL);
		payer.removeTrustline();
		grow(payer);
		awaitStatuses(payer, "DEFAULTED 1");
		faucet(payer, "1");
		awaitStatuses(payer, "CONFIRMED 1");
	}

	@Test
	void whatIsNotPaidWhenTheSessionIsOverIsWrittenOff() {
		Payer payer = environment.payer();
		String session = Commitments.session(environment, payer, 5_000_000, 800);
		long last = environment.devnet.latestLedger() + 800;
		Commitments.commit(environment, session, "1000");
		payer.transfer(environment.otherMerchant.getAccountId(), ALL);
		grow(payer);
		awaitStatuses(payer, "DEFAULTED 1");
		environment.closeUntil(last + 1);
		awaitStatuses(payer, "WRITTEN_OFF 1");
		assertThat(sums(payer)).isEqualTo("spent 0 reserved 0 committed 0");
		assertThat(books.sql("select sum(lost) from payment_day").query(Long.class).single()).isEqualTo(1_000);
	}

	@Test
	void processThatStopsSendsWhatIsOpen() {
		Payer payer = environment.payer();
		String session = Commitments.session(environment, payer, 5_000_000);
		Commitments.commit(environment, session, "1000");
		environment.stop();
		assertThat(statuses(payer)).doesNotContain("COMMITTED 1");
		start();
		awaitStatuses(payer, "CONFIRMED 1");
	}

	/** A session beside what the payer owes. */
	private static String besides(Payer payer, long owed) {
		Map<String, Object> claims = payer.approved(1_000_000 + owed, environment.devnet.latestLedger() + 100_000);
		claims.put("cap", "1000000");
		Reply reply = environment.client.post("/sessions", claims);
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
		return reply.text("sessionId");
	}

	private static void faucet(Payer payer, String amount) {
		environment.devnet.faucet(payer.address(), new BigDecimal(amount));
	}

	private static void grow(Payer payer) {
		books.sql(
				"update settlement set created_at = created_at - 3600000 where payer = :payer and status = 'COMMITTED'")
			.param("payer", payer.address())
			.update();
	}

	private static void awaitStatuses(Payer payer, String... wanted) {
		Eventually.isTrue(() -> statuses(payer).equals(List.of(wanted)));
	}

	private static List<String> statuses(Payer payer) {
		return books.sql("""
				select status || ' ' || count(*) from settlement where payer = :payer
				group by status order by status""").param("payer", payer.address()).query(String.class).list();
	}

	private static String sums(Payer payer) {
		return books.sql("""
				select 'spent ' || sum(spent) || ' reserved ' || sum(reserved) || ' committed ' || sum(committed)
				from payment_session where payer = :payer""")
			.param("payer", payer.address())
			.query(String.class)
			.single();
	}

	private static String end(Payer payer) {
		return books.sql("select end_reason from payment_session where payer = :payer and superseded")
			.param("payer", payer.address())
			.query(String.class)
			.single();
	}

}
