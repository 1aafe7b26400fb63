package io.github.x402sessions.facilitator.session.allowance;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.StoredSession;
import io.github.x402sessions.stellar.balance.Allowance;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What counts as evidence that a session is no longer carried.
 */
class AllowanceWatchTests {

	private static final AllowanceKey KEY = new AllowanceKey("asset", "payer", "spender");

	private final TestDatabase database = TestDatabase.sqlite();

	private final JdbcClient jdbc = this.database.jdbc();

	private final SessionRepository store = this.database.store().sessions();

	private final AtomicBoolean doubted = new AtomicBoolean();

	private final AllowanceWatch watch = new AllowanceWatch(
			new SessionRules("n", TestSpenders.named("spender"), Set.of(), Set.of(), null, 0, false), this.store, null,
			null, new LedgerClock(nodeAt(9), Duration.ofMinutes(1)), this.doubted::get);

	private final String session = StoredSession.insert(this.jdbc, "payer", "asset", 900);

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void ledgerBeforeTheApproveIsNone() {
		assertThat(hold(0, 900, 9)).isFalse();
		assertThat(end()).isNull();
		assertThat(hold(0, 900, 10)).isTrue();
		assertThat(end()).isEqualTo(SessionEnd.UNCOVERED);
	}

	@Test
	void ledgerBeforeTheApproveOfAnotherSessionIsNone() {
		this.jdbc.sql("update payment_session set approval_ledger = 11 where id = :id")
			.param("id", StoredSession.insert(this.jdbc, "payer", "asset", 900))
			.update();
		assertThat(hold(10, 900, 10)).as("what the first approve was for").isFalse();
		assertThat(end()).isNull();
	}

	@Test
	void paymentThatMayHaveMovedExplainsWhatIsMissingAndNoMore() {
		this.jdbc.sql("update payment_session set reserved = 4").update();
		assertThat(hold(6, 900, 10)).isTrue();
		assertThat(end()).isNull();
		assertThat(hold(5, 900, 10)).isTrue();
		assertThat(end()).isEqualTo(SessionEnd.UNCOVERED);
	}

	@Test
	void booksThatChangedMeanwhileAreLookedAtAgain() {
		List<Session> seen = this.watch.entitled(KEY);
		this.jdbc.sql("update payment_session set spent = 4").update();
		assertThat(this.watch.hold(KEY, seen, new Allowance(BigInteger.valueOf(6), 900, 10))).isFalse();
		assertThat(end()).isNull();
	}

	@Test
	void allowanceWhoseTimeIsOverCarriesNothing() {
		assertThat(hold(10, 10, 11)).isTrue();
		assertThat(end()).isEqualTo(SessionEnd.UNCOVERED);
	}

	@Test
	void nothingEndsByBooksThatAreInDoubtOrByALedgerThatIsNotTheLatest() {
		this.doubted.set(true);
		assertThat(hold(0, 900, 10)).isFalse();
		assertThat(end()).isNull();
		this.doubted.set(false);
		assertThat(hold(0, 900, 8)).isFalse();
		assertThat(end()).isNull();
	}

	private static FakeStellarRpc nodeAt(long ledger) {
		FakeStellarRpc node = new FakeStellarRpc();
		node.latest = () -> new LatestLedger(ledger, 1_000, 1);
		return node;
	}

	private boolean hold(long amount, long liveUntil, long ledger) {
		return this.watch.hold(KEY, this.watch.entitled(KEY),
				new Allowance(BigInteger.valueOf(amount), liveUntil, ledger));
	}

	private SessionEnd end() {
		return this.store.get(this.session).end();
	}

}
