package io.github.x402sessions.facilitator.store.jdbc.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.github.x402sessions.facilitator.audit.AuditEntry;
import io.github.x402sessions.facilitator.audit.AuditHead;
import io.github.x402sessions.facilitator.audit.AuditLog;
import io.github.x402sessions.facilitator.audit.AuditRecord;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The audit log in a table that takes rows and neither changes nor loses any. The row of
 * its head is taken first by whoever appends, and by nobody else until that is committed.
 * Thread-safe.
 *
 * @param jdbc the database
 * @param clock the database's time
 */
record JdbcAuditLog(JdbcClient jdbc, Clock clock) implements AuditLog {

	@Override
	public AuditRecord append(AuditEntry entry) {
		AuditHead last = this.jdbc
			.sql("update audit_head set number = number + 1 where id = 1 returning number - 1 as number, hash")
			.query(JdbcAuditLog::readHead)
			.single();
		AuditRecord added = AuditRecord.following(last, Instant.ofEpochMilli(this.clock.millis()), entry);
		this.jdbc
			.sql("""
					insert into audit_log (number, at, who, origin, action, subject, was, became, outcome, reason, about,
					previous, hash) values (:number, :at, :who, :origin, :action, :subject, :was, :became, :outcome, :reason,
					:about, :previous, :hash)""")
			.param("number", added.number())
			.param("at", added.time().toEpochMilli())
			.param("who", added.who())
			.param("origin", added.origin())
			.param("action", added.action())
			.param("subject", added.subject())
			.param("was", added.before())
			.param("became", added.after())
			.param("outcome", added.outcome())
			.param("reason", added.reason())
			.param("about", added.about())
			.param("previous", added.previous())
			.param("hash", added.hash())
			.update();
		this.jdbc.sql("update audit_head set hash = :hash where id = 1").param("hash", added.hash()).update();
		return added;
	}

	@Override
	public List<AuditRecord> after(long number, int count) {
		return this.jdbc.sql("select * from audit_log where number > :number order by number limit :count")
			.param("number", number)
			.param("count", count)
			.query(JdbcAuditLog::read)
			.list();
	}

	private static AuditRecord read(ResultSet row, int number) throws SQLException {
		return new AuditRecord(row.getLong("number"), Instant.ofEpochMilli(row.getLong("at")), row.getString("who"),
				row.getString("origin"), row.getString("action"), row.getString("subject"), row.getString("was"),
				row.getString("became"), row.getString("outcome"), row.getString("reason"),
				(row.getObject("about") instanceof Number about) ? about.longValue() : null, row.getString("previous"),
				row.getString("hash"));
	}

	@Override
	public AuditHead head() {
		return this.jdbc.sql("select number, hash from audit_head where id = 1").query(JdbcAuditLog::readHead).single();
	}

	private static AuditHead readHead(ResultSet row, int number) throws SQLException {
		return new AuditHead(row.getLong("number"), row.getString("hash"));
	}

}
