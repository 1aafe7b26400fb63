package io.github.x402sessions.facilitator.settlement;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.chain.SpenderTransfers;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.FailoverRpc;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.TransactionLookup.Status;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.stellar.sdk.KeyPair;

import static io.github.x402sessions.stellar.rpc.FakeStellarRpc.applied;
import static io.github.x402sessions.stellar.rpc.FakeStellarRpc.notFound;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The books are changed to what all nodes prove, if they still say what that was decided
 * upon.
 */
class RepairTests {

	private static final long MAX_TIME = 1_050;

	private static final TransactionLookup GONE = notFound(200, MAX_TIME + 1, 150);

	private final FakeStellarRpc first = new FakeStellarRpc();

	private final FakeStellarRpc second = new FakeStellarRpc();

	private TestDatabase database;

	private JdbcClient jdbc;

	private SettlementBooks books;

	/** The ends that were decided and written down. */
	private final List<String> ends = new ArrayList<>();

	private Repair repair;

	@AfterEach
	void close() {
		this.database.close();
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void paymentThatWasMadeAgainKeepsItsIdentifierAndTheOneBeforeLosesIt(Dialect dialect) {
		open(dialect);
		insert("first", "DEAD", "pay_1");
		insert("again", "CONFIRMED", "pay_1");
		insert("other", "DEAD", "pay_2");
		tell(this.first, applied(Status.SUCCESS, 101));
		tell(this.second, applied(Status.SUCCESS, 101));
		assertThat(this.repair.correct("first", "DEAD", applied(Status.SUCCESS, 101)).orElseThrow())
			.isEqualTo("CONFIRMED, and 1 payment(s) of it were paid again meanwhile: their payer paid twice");
		tell(this.first, applied(Status.SUCCESS, 101));
		tell(this.second, applied(Status.SUCCESS, 101));
		assertThat(this.repair.correct("other", "DEAD", applied(Status.SUCCESS, 101))).contains("CONFIRMED");
		assertThat(rows("select id || ' ' || status || ' ' || coalesce(payment_id, '-') from settlement order by id"))
			.containsExactly("again CONFIRMED pay_1", "first CONFIRMED -", "other CONFIRMED pay_2");
		assertThat(session().spent()).isEqualTo(BigInteger.valueOf(30));
	}

	/** As a fault of the database has left them. */
	@ParameterizedTest
	@EnumSource(Dialect.class)
	void settlementsThatCannotBeMendedKeepNoOthersFromIt(Dialect dialect) {
		open(dialect);
		insert("refused", "CONFIRMED", null);
		insert("mended", "CONFIRMED", null);
		this.jdbc.sql("update settlement set status = 'SUBMITTED'").update();
		this.jdbc.sql("update chain_transaction set ledger = 7 where hash = 'refused'").update();
		this.jdbc.sql("create unique index refusing on settlement (recipient) where ledger = 7").update();
		insert("seventh", "CONFIRMED", null);
		this.jdbc.sql("update settlement set ledger = 7 where id = 'seventh'").update();
		assertThat(this.repair.conclude()).isOne();
		assertThat(rows("select id || ' ' || status from settlement order by id")).containsExactly("mended CONFIRMED",
				"refused SUBMITTED", "seventh CONFIRMED");
	}

	@Test
	void nothingIsCorrectedOnTheWordOfOneNode() {
		open(Dialect.SQLITE);
		insert("hash", "CONFIRMED", null);
		tell(this.first, applied(Status.FAILED, 101));
		tell(this.second, GONE);
		assertThat(this.repair.correct("hash", "CONFIRMED", applied(Status.FAILED, 101)))
			.as("the other does not remember it")
			.isEmpty();
		tell(this.first, applied(Status.FAILED, 101));
		tell(this.second, applied(Status.SUCCESS, 101));
		assertThat(this.repair.correct("hash", "CONFIRMED", applied(Status.FAILED, 101))).isEmpty();
		tell(this.first, applied(Status.FAILED, 101));
		tell(this.second, applied(Status.FAILED, 102));
		assertThat(this.repair.correct("hash", "CONFIRMED", applied(Status.FAILED, 101))).isEmpty();
		assertThat(status()).isEqualTo("CONFIRMED");
		tell(this.first, applied(Status.FAILED, 101));
		tell(this.second, applied(Status.FAILED, 101));
		assertThat(this.repair.correct("hash", "CONFIRMED", applied(Status.FAILED, 101))).contains("FAILED");
		assertThat(session().spent()).isZero();
	}

	@Test
	void whatFreesNothingIsCorrectedUnlessANodeContradicts() {
		open(Dialect.SQLITE);
		insert("hash", "DEAD", null);
		TransactionLookup proof = notFound(200, MAX_TIME + 1, 1);
		tell(this.first, applied(Status.SUCCESS, 101));
		tell(this.second, proof, proof);
		assertThat(this.repair.correct("hash", "DEAD", applied(Status.SUCCESS, 101))).isEmpty();
		tell(this.first, applied(Status.SUCCESS, 101));
		tell(this.second, GONE);
		assertThat(this.repair.correct("hash", "DEAD", applied(Status.SUCCESS, 101))).contains("CONFIRMED");
	}

	@Test
	void booksThatHaveMovedOnAreLeftAsTheyAre() {
		open(Dialect.SQLITE);
		insert("hash", "CONFIRMED", null);
		assertThat(this.repair.correct("hash", "DEAD", applied(Status.FAILED, 101))).isEmpty();
		this.jdbc.sql("update chain_transaction set status = 'DEAD'").update();
		this.first.lookups.add(() -> {
			this.jdbc.sql("update chain_transaction set status = 'CONFIRMED'").update();
			return applied(Status.FAILED, 101);
		});
		tell(this.second, applied(Status.FAILED, 101));
		assertThat(this.repair.correct("hash", "DEAD", applied(Status.FAILED, 101))).isEmpty();
		assertThat(status()).isEqualTo("CONFIRMED");
	}

	@Test
	void operatorDecidesNothingThatOneOfTheNodesTells() {
		open(Dialect.SQLITE);
		insert("hash", "OVER", null);
		tell(this.first, GONE);
		tell(this.second, applied(Status.SUCCESS, 101));
		assertThat(this.repair.decide("hash", false, this.ends::add))
			.contains("the chain has it: reconcile --repair writes that down");
		tell(this.first, GONE);
		tell(this.second, notFound(199, MAX_TIME, 1));
		assertThat(this.repair.decide("hash", false, this.ends::add)).contains("a ledger may still apply it");
		assertThat(status()).isEqualTo("OVER");
		tell(this.first, GONE);
		this.second.lookups.add(() -> {
			this.jdbc.sql("update chain_transaction set status = 'CONFIRMED'").update();
			return GONE;
		});
		assertThat(this.repair.decide("hash", false, this.ends::add)).contains("it has ended meanwhile");
		assertThat(status()).isEqualTo("CONFIRMED");
		this.jdbc.sql("update chain_transaction set status = 'OVER'").update();
		tell(this.first, GONE);
		tell(this.second, GONE);
		assertThat(this.repair.decide("hash", false, this.ends::add)).isEqualTo(Optional.empty());
		assertThat(status()).isEqualTo("DEAD");
		assertThat(this.ends).containsExactly("DEAD");
	}

	private void open(Dialect dialect) {
		this.database = TestDatabase.of(dialect);
		this.jdbc = this.database.jdbc();
		TestStore store = this.database.store();
		store.nodes().beat();
		this.books = store.books();
		FailoverRpc rpc = new FailoverRpc(List.of(this.first, this.second), Duration.ofSeconds(30));
		LedgerState chain = new LedgerState(rpc, "test");
		FeePolicy fees = new FeePolicy(rpc, 1_000_000);
		SpenderTransfers transfers = new SpenderTransfers(rpc, chain, "test", TestSpenders.of(AccountKey.random()),
				fees);
		this.repair = new Repair(this.books, store.transactions(), rpc, chain, fees, transfers, Duration.ofHours(1));
		StoredRow.session("k").with("proven", false).insert(this.jdbc);
	}

	/** A transaction that carries one settlement of ten. */
	private void insert(String hash, String status, String paymentId) {
		StoredRow.transaction(hash, status)
			.with("source", KeyPair.random().getAccountId())
			.with("max_time", MAX_TIME)
			.with("submitted_ledger", 100)
			.insert(this.jdbc);
		StoredRow.settlement(hash, status.equals("OVER") ? "SUBMITTED" : status)
			.with("tx_hash", hash)
			.with("payment_id", paymentId)
			.insert(this.jdbc);
		this.jdbc.sql("""
				update payment_session set
				spent = (select coalesce(sum(amount), 0) from settlement where status = 'CONFIRMED'),
				reserved = (select coalesce(sum(amount), 0) from settlement where status = 'SUBMITTED')""").update();
	}

	private Session session() {
		return this.database.store().sessions().get("k");
	}

	private String status() {
		return rows("select status from chain_transaction").get(0);
	}

	private List<String> rows(String sql) {
		return this.jdbc.sql(sql).query(String.class).list();
	}

	private static void tell(FakeStellarRpc node, TransactionLookup... lookups) {
		for (TransactionLookup lookup : lookups) {
			node.lookups.add(() -> lookup);
		}
	}

}
