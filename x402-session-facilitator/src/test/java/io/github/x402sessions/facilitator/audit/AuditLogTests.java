package io.github.x402sessions.facilitator.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabasePool;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A log that is only added to, and whose rows tell when one of them is not what it was.
 */
class AuditLogTests {

	private static final Actor ALICE = Actor.operator("alice", "127.0.0.1");

	private TestDatabase database;

	private JdbcClient jdbc;

	private Audit audit;

	private AuditLog log;

	@AfterEach
	void close() {
		this.database.close();
	}

	private void open(Dialect dialect) {
		this.database = TestDatabase.of(dialect);
		this.jdbc = this.database.jdbc();
		TestStore store = this.database.store();
		this.log = store.audit();
		this.audit = new Audit(this.log, store.unitOfWork());
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void nodesThatAppendAtOnceMakeOneChain(Dialect dialect) {
		open(dialect);
		try (HikariDataSource pool = this.database.pool()) {
			TestStore other = new TestStore(DatabasePool.jdbc(pool, dialect), DatabasePool.transactions(pool, dialect),
					dialect, this.database.clock());
			Audit second = new Audit(other.audit(), other.unitOfWork());
			List<CompletableFuture<Void>> nodes = IntStream.range(0, 6)
				.mapToObj((i) -> CompletableFuture.runAsync(() -> append((i % 2 == 0) ? this.audit : second, 20)))
				.toList();
			nodes.forEach(CompletableFuture::join);
		}
		assertThat(this.log.after(0, AuditLog.MOST)).extracting(AuditRecord::number)
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 120).mapToObj(Long::valueOf).toList());
		assertThat(fault(AuditVerification.ofAll(null))).isNull();
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void rowsAreNeitherChangedNorTakenAway(Dialect dialect) {
		open(dialect);
		append(this.audit, 2);
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.jdbc.sql("update audit_log set who = 'nobody'").update());
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.jdbc.sql("delete from audit_log where number = 2").update());
		refused("update audit_head set number = 0, hash = '" + AuditHead.NONE.hash() + "'");
		refused("update audit_head set number = number + 2");
		refused("update audit_head set hash = '" + AuditHead.NONE.hash() + "'");
		refused("delete from audit_head");
		String columns = "at, who, origin, action, subject, was, became, outcome, reason, about, previous, hash";
		if (dialect == Dialect.POSTGRESQL) {
			refused("truncate audit_log");
			refused("truncate audit_head");
			refused("insert into audit_log (number, " + columns + ") select number, " + columns
					+ " from audit_log where number = 2 on conflict (number) do update set who = 'nobody'");
		}
		else {
			refused("insert or replace into audit_log (number, " + columns + ") select 1, " + columns
					+ " from audit_log where number = 2");
			refused("insert or replace into audit_log (rowid, number, " + columns + ") select rowid, 3, " + columns
					+ " from audit_log where number = 2");
			refused("replace into audit_head (id, number, hash) values (1, 0, '" + AuditHead.NONE.hash() + "')");
		}
		append(this.audit, 1);
		assertThat(fault(AuditVerification.ofAll(null))).isNull();
	}

	private void refused(String sql) {
		assertThatExceptionOfType(DataAccessException.class).as(sql).isThrownBy(() -> this.jdbc.sql(sql).update());
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whoGetsPastThatIsFoundOut(Dialect dialect) {
		open(dialect);
		append(this.audit, 9);
		AuditHead kept = this.log.after(4, 1).get(0).head();
		unprotect(dialect);
		this.jdbc.sql("update audit_log set reason = 'another' where number = 3").update();
		assertThat(fault(AuditVerification.ofAll(null))).contains("row 3 is not what it was");
		assertThat(fault(AuditVerification.ofAll(kept.hash()))).as("before the one that is known")
			.contains("row 3 is not what it was");
		this.jdbc.sql("update audit_log set reason = 'reason 3' where number = 3").update();
		assertThat(fault(AuditVerification.ofAll(null))).isNull();
		this.jdbc.sql("update audit_log set became = null, was = 'after' where number = 6").update();
		assertThat(fault(AuditVerification.ofAll(kept.hash()))).contains("row 6 is not what it was");
		this.jdbc.sql("delete from audit_log where number = 6").update();
		assertThat(fault(AuditVerification.ofAll(null))).contains("row 7 follows row 5");
		this.jdbc.sql("delete from audit_log where number > 5").update();
		assertThat(fault(AuditVerification.ofAll(null))).contains("rows are missing at the end");
		this.jdbc.sql("delete from audit_log where number = 1").update();
		assertThat(fault(AuditVerification.ofAll(null))).contains("row 2 follows row 0");
	}

	/** What a row says of the one before it does not make that one be there. */
	@Test
	void rowWhoseHashIsKnownHasToBeThereItself() {
		open(Dialect.SQLITE);
		append(this.audit, 3);
		List<AuditRecord> rows = this.log.after(0, AuditLog.MOST);
		String second = rows.get(1).hash();
		List<AuditRecord> later = rows.subList(2, 3);
		assertThat(fault(AuditVerification.ofExport(null, second), rows)).isNull();
		assertThat(fault(AuditVerification.ofExport(null, second), later)).contains("no row has the hash");
		assertThat(fault(AuditVerification.ofExport(second, null), later)).isNull();
		assertThat(fault(AuditVerification.ofExport(rows.get(0).hash(), null), later))
			.contains("row 3 does not have the hash of the row before it");
		assertThat(fault(AuditVerification.ofExport(second, rows.get(2).hash()), later)).isNull();
		assertThat(fault(AuditVerification.ofExport(null, null), later)).isNull();
		assertThat(fault(AuditVerification.ofAll(null), later)).contains("row 3 follows row 0");
		AuditRecord foreign = AuditRecord.following(new AuditHead(0, second), rows.get(0).time(), entry(1));
		assertThat(fault(AuditVerification.ofExport(null, null), List.of(foreign)))
			.contains("row 1 does not have the hash");
	}

	private static String fault(AuditVerification verification, List<AuditRecord> rows) {
		return rows.stream()
			.map(verification::check)
			.flatMap(Optional::stream)
			.findFirst()
			.orElseGet(() -> verification.end(null).orElse(null));
	}

	/**
	 * A chain alone stops nobody who makes all of it again; a hash that was kept does.
	 */
	@Test
	void chainThatWasMadeAgainLacksTheHashThatWasKept() {
		open(Dialect.SQLITE);
		append(this.audit, 3);
		AuditHead kept = this.log.head();
		unprotect(Dialect.SQLITE);
		this.jdbc.sql("delete from audit_log").update();
		this.jdbc.sql("update audit_head set number = 0, hash = :none").param("none", AuditHead.NONE.hash()).update();
		append(this.audit, 2);
		assertThat(fault(AuditVerification.ofAll(null))).isNull();
		assertThat(fault(AuditVerification.ofAll(kept.hash()))).contains("no row has the hash that is known");
	}

	/** Written here once more, from the text in the README. */
	@Test
	void hashIsTheOneThatIsDescribed() throws Exception {
		open(Dialect.SQLITE);
		append(this.audit, 1);
		this.audit.note(AuditEntry.begun(Actor.operator("käthe", "::1"), "a\nb", "s", null));
		AuditRecord row = this.log.after(1, 1).get(0);
		assertThat(row.action()).isEqualTo("a b");
		StringBuilder text = new StringBuilder();
		for (Object member : new Object[] { 2, row.time(), "operator:käthe", "::1", "a b", "s", null, null, "begun",
				null, null, this.log.after(0, 1).get(0).hash() }) {
			text.append((member != null)
					? member.toString().getBytes(StandardCharsets.UTF_8).length + ":" + member + "\n" : "-\n");
		}
		byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
		assertThat(row.hash()).isEqualTo(HexFormat.of().formatHex(hash));
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void changeIsMadeWithItsRowOrNotAtAll(Dialect dialect) {
		open(dialect);
		assertThatIllegalStateException().isThrownBy(() -> this.audit.together(() -> {
			throw new IllegalStateException("refused");
		}, (none) -> entry(1)));
		assertThat(this.log.head()).isEqualTo(AuditHead.NONE);
		this.jdbc.sql("create table change (n integer)").update();
		unprotect(dialect);
		this.jdbc.sql("create unique index one_row on audit_log (who)").update();
		append(this.audit, 1);
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> this.audit
			.together(() -> this.jdbc.sql("insert into change values (1)").update(), (none) -> entry(2)));
		assertThat(this.jdbc.sql("select count(*) from change").query(Integer.class).single()).isZero();
		List<String> done = new ArrayList<>();
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(
				() -> this.audit.around(AuditEntry.begun(ALICE, "a", "s", null), () -> done.add("it"), (result) -> ""));
		assertThat(done).as("what cannot be written down").isEmpty();
		assertThat(fault(AuditVerification.ofAll(null))).isNull();
	}

	@Test
	void whatFailsIsToldAsFailed() {
		open(Dialect.SQLITE);
		assertThatIllegalStateException()
			.isThrownBy(() -> this.audit.around(AuditEntry.begun(ALICE, "a", "s", null), () -> {
				throw new IllegalStateException("a secret");
			}, (result) -> ""));
		assertThat(this.log.after(1, 1)).singleElement().satisfies((row) -> {
			assertThat(row.outcome()).isEqualTo("failed");
			assertThat(row.about()).isEqualTo(1);
			assertThat(row.toString()).doesNotContain("a secret");
		});
	}

	private void append(Audit by, int count) {
		for (int i = 1; i <= count; i++) {
			int number = i;
			by.together(() -> number, AuditLogTests::entry);
		}
	}

	private static AuditEntry entry(int number) {
		return AuditEntry.done(ALICE, "session.freeze", "session " + number, "before", "after", "reason " + number);
	}

	private void unprotect(Dialect dialect) {
		if (dialect == Dialect.POSTGRESQL) {
			this.jdbc.sql("alter table audit_log disable trigger user").update();
			this.jdbc.sql("alter table audit_head disable trigger user").update();
		}
		else {
			for (String trigger : List.of("audit_log_kept", "audit_log_not_shortened", "audit_log_not_replaced",
					"audit_head_goes_on", "audit_head_kept", "audit_head_not_replaced")) {
				this.jdbc.sql("drop trigger " + trigger).update();
			}
		}
	}

	/** Return what is wrong first, or {@code null} if nothing is. */
	private String fault(AuditVerification verification) {
		for (AuditRecord row : this.log.after(0, AuditLog.MOST)) {
			Optional<String> fault = verification.check(row);
			if (fault.isPresent()) {
				return fault.get();
			}
		}
		return verification.end(this.log.head()).orElse(null);
	}

}
