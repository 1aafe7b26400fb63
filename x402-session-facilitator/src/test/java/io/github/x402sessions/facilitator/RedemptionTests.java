package io.github.x402sessions.facilitator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

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

	private static FacilitatorEnvironment environment;

	private static TestDatabase database;

	private static JdbcClient books;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open(Commitments.PROPERTIES);
		database = environment.openDatabase();
		books = database.jdbc();
	}

	@AfterAll
	static void close() {
		database.close();
		environment.close();
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
		Commitments.session(environment, payer, 3_000_000);
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
		payer.transfer(environment.otherMerchant.getAccountId(), 1_000_000_000 - 250_000);
		grow(payer);
		awaitStatuses(payer, "CONFIRMED 2", "DEFAULTED 2");
		assertThat(end(payer)).isEqualTo("defaulted");
		assertThat(sums(payer)).isEqualTo("spent 200000 reserved 200000 committed 200000");
		String other = Commitments.session(environment, payer, 5_000_000 + 200_000);
		environment.devnet.faucet(payer.address(), new BigDecimal("0.02"));
		awaitStatuses(payer, "CONFIRMED 4");
		assertThat(environment.usdc(environment.merchant).subtract(before)).isEqualTo(400_000);
		assertThat(other).isNotEmpty();
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
		return books.sql("select end_reason from payment_session where payer = :payer")
			.param("payer", payer.address())
			.query(String.class)
			.single();
	}

}
