package io.github.x402sessions.facilitator.session;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.stellar.approval.Approval;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions end once, for one reason, and only if the books are as they were seen.
 */
abstract class SessionRepositoryTests {

	private static final AllowanceKey KEY = new AllowanceKey("asset", "payer", "spender");

	private final TestDatabase database = database();

	private final JdbcClient jdbc = this.database.jdbc();

	private final SessionRepository store = this.database.store().sessions();

	abstract TestDatabase database();

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void firstReasonStays() {
		String key = insert("payer", "asset", 900);
		this.store.end(key, SessionEnd.CLOSED);
		this.store.end(key, SessionEnd.UNCOVERED);
		assertThat(this.store.get(key).end()).isEqualTo(SessionEnd.CLOSED);
	}

	@Test
	void whatAnOperatorHasClosedIsRegisteredByNobodyAnew() {
		for (SessionEnd before : new SessionEnd[] { null, SessionEnd.CLOSED, SessionEnd.SUPERSEDED }) {
			String key = insert("payer", "asset", 900);
			this.jdbc.sql("update payment_session set proven = false where id = :id").param("id", key).update();
			if (before != null) {
				this.store.end(key, before);
			}
			Session seen = this.store.get(key);
			this.store.end(key, SessionEnd.REVOKED);
			assertThat(this.store.get(key).end()).isEqualTo(SessionEnd.REVOKED);
			assertThat(replace(seen)).as("by whoever has looked at it before").isFalse();
			assertThat(replace(this.store.get(key))).isFalse();
			this.store.end(key, SessionEnd.UNCOVERED);
			assertThat(this.store.get(key).end()).isEqualTo(SessionEnd.REVOKED);
			this.jdbc.sql("update payment_session set end_reason = 'closed' where id = :id").param("id", key).update();
			assertThat(replace(this.store.get(key))).as("of the payer's own will").isTrue();
		}
		String key = insert("payer", "asset", 900);
		this.store.end(key, SessionEnd.DEFAULTED);
		this.store.end(key, SessionEnd.REVOKED);
		assertThat(this.store.get(key).end()).isEqualTo(SessionEnd.DEFAULTED);
	}

	private boolean replace(Session known) {
		SessionTerms terms = known.terms();
		NewSession added = new NewSession(new SessionId("signed for " + known.key()), terms,
				new Approval(terms.approval(), terms.asset(), terms.payer(), terms.spender(), terms.cap(), 900, 20),
				true, known);
		return this.store.add(added, entitled(100), AllowanceReduction.NONE, 100);
	}

	/** By whoever has looked at it before, too. */
	@Test
	void frozenSessionSetsNothingAsideUntilItIsLetGo() {
		String key = insert("payer", "asset", 900);
		Session seen = this.store.get(key);
		this.store.freeze(key, true);
		TestStore other = this.database.store();
		FundingSource account = other.account(seen);
		assertThat(other.sums().reserve(seen, BigInteger.ONE)).isFalse();
		assertThat(other.sums().commit(Map.of(account, BigInteger.ONE))).isEmpty();
		assertThat(this.store.get(key)).isEqualTo(new Session(key, seen.terms(), seen.approvedIn(), seen.proven(),
				BigInteger.ZERO, BigInteger.ZERO, 900, null, BigInteger.ZERO, true));
		this.store.freeze(key, false);
		assertThat(other.sums().reserve(seen, BigInteger.ONE)).isTrue();
		assertThat(other.sums().commit(Map.of(account, BigInteger.ONE))).hasSize(1);
	}

	@Test
	void rowOfANodeOfTheVersionBeforeIsRead() {
		String key = insert("payer", "asset", 900);
		assertThat(this.store.get(key).lastLedger()).isEqualTo(900);
		this.jdbc.sql("update payment_session set superseded = true").update();
		assertThat(this.store.get(key).end()).isEqualTo(SessionEnd.SUPERSEDED);
		this.jdbc.sql("update payment_session set end_reason = 'newer'").update();
		assertThat(this.store.get(key).end()).isEqualTo(SessionEnd.SUPERSEDED);
	}

	@Test
	void nothingIsCutWhereTheBooksHaveChanged() {
		String first = insert("payer", "asset", 900);
		String second = insert("payer", "asset", 900);
		List<Session> seen = entitled(100);
		AllowanceReduction cuts = new AllowanceReduction(SessionEnd.UNCOVERED, List.of(this.store.get(first)),
				List.of(this.store.get(second)), 500, BigInteger.ZERO);
		this.jdbc.sql("update payment_session set reserved = 1 where id = :id").param("id", second).update();
		assertThat(this.store.cut(KEY, "n", seen, cuts, 100)).isFalse();
		assertThat(entitled(100)).noneMatch(Session::hasEnded);
		assertThat(this.store.cut(KEY, "n", entitled(100), cuts, 100)).isTrue();
		assertThat(this.store.get(first).end()).isEqualTo(SessionEnd.UNCOVERED);
		assertThat(this.store.get(second).lastLedger()).isEqualTo(500);
	}

	@Test
	void whoPaysDeferredMeanwhileIsCutAndRegistersAllTheSame() {
		String key = insert("payer", "asset", 900);
		List<Session> seen = entitled(100);
		commit(key, 3);
		assertThat(add("first", seen, ending(seen, 2))).as("more is owed than is spare").isFalse();
		assertThat(add("first", seen, ending(seen, 3))).isTrue();
		assertThat(this.store.get(key).end()).isEqualTo(SessionEnd.SUPERSEDED);
		List<Session> again = entitled(100);
		commit(again.get(again.size() - 1).key(), 3);
		assertThat(this.store.cut(KEY, "n", again, ending(again, 0), 100)).isTrue();
		assertThat(entitled(100)).allMatch(Session::hasEnded);
	}

	private void commit(String key, long amount) {
		this.jdbc.sql("""
				update payment_session set reserved = reserved + :amount, committed = committed + :amount
				where id = :id""").param("amount", amount).param("id", key).update();
	}

	private static AllowanceReduction ending(List<Session> sessions, long spare) {
		return new AllowanceReduction(SessionEnd.SUPERSEDED, sessions, List.of(), 900, BigInteger.valueOf(spare));
	}

	private boolean add(String approval, List<Session> seen, AllowanceReduction cuts) {
		SessionTerms terms = new SessionTerms("n", approval, "payer", "spender", "asset", "r", BigInteger.TEN, 900,
				null);
		return this.store.add(
				new NewSession(new SessionId(approval), terms,
						new Approval(approval, "asset", "payer", "spender", BigInteger.TEN, 900, 20), true, null),
				seen, cuts, 100);
	}

	@Test
	void shortenedSessionMayTakeNothingAfterItsLastLedger() {
		String key = insert("payer", "asset", 900);
		AllowanceReduction cuts = new AllowanceReduction(SessionEnd.UNCOVERED, List.of(), List.of(this.store.get(key)),
				500, BigInteger.ZERO);
		this.store.cut(KEY, "n", entitled(100), cuts, 100);
		assertThat(entitled(500)).hasSize(1);
		assertThat(entitled(501)).isEmpty();
	}

	@Test
	void allowancesInUseComePageByPage() {
		insert("b", "asset", 900);
		insert("a", "y", 900);
		insert("a", "x", 900);
		insert("a", "x", 900);
		insert("expired", "x", 99);
		this.store.end(insert("ended", "x", 900), SessionEnd.CLOSED);
		this.jdbc.sql("update payment_session set spent = cap where id = :id")
			.param("id", insert("spent", "x", 900))
			.update();
		List<AllowanceKey> first = this.store.allowances("spender", null, 2, 100);
		assertThat(first).containsExactly(new AllowanceKey("x", "a", "spender"), new AllowanceKey("y", "a", "spender"));
		assertThat(this.store.allowances("spender", first.get(1), 2, 100))
			.containsExactly(new AllowanceKey("asset", "b", "spender"));
		assertThat(this.store.allowances("other", null, 2, 100)).isEmpty();
	}

	private List<Session> entitled(long latestLedger) {
		return this.store.entitled(KEY, "n", latestLedger);
	}

	private String insert(String payer, String asset, long expirationLedger) {
		return StoredSession.insert(this.jdbc, payer, asset, expirationLedger);
	}

}
