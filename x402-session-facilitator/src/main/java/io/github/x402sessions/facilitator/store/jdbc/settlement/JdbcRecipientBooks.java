package io.github.x402sessions.facilitator.store.jdbc.settlement;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import io.github.x402sessions.facilitator.settlement.recipient.RecipientBooks;
import io.github.x402sessions.facilitator.settlement.recipient.RecordedChange;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.facilitator.store.jdbc.database.Statuses;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The settlements of recipients in the database. A change has no number until somebody
 * asks, who gives it the next one while others who ask for the same recipient wait: so
 * numbers are in the order in which they can be seen, whenever the change was begun.
 * Thread-safe.
 *
 * @param jdbc the database
 * @param unitOfWork runs steps that belong together
 */
record JdbcRecipientBooks(JdbcClient jdbc, UnitOfWork unitOfWork) implements RecipientBooks {

	private static final int HANDLE = 16;

	static final String PAGE = """
			select s.*, p.token_hash, e.statement from settlement s
			left join payment_session p on p.id = s.session_id
			left join payment_evidence e on e.settlement_id = s.id
			where s.recipient = :recipient and s.change_number > :since %s order by s.change_number limit :count""";

	/** As the index {@code settlement_awaited} has it. */
	static final String OPEN = "and s.deferred and s.status in " + Statuses.UNPAID;

	@Override
	public List<RecordedChange> changes(String recipient, long since, int count) {
		int most = Math.min(count, MOST);
		List<RecordedChange> numbered = numbered(recipient, since, most);
		if (numbered.size() == most) {
			return numbered;
		}
		this.unitOfWork.perform(() -> number(recipient, most));
		return numbered(recipient, since, most);
	}

	@Override
	public List<RecordedChange> open(String recipient, long since, int count) {
		return numbered(recipient, since, Math.min(count, MOST), OPEN);
	}

	/** Others write in between, however long a history nobody has asked for. */
	@Override
	public long numberAll(String recipient) {
		int numbered = MOST;
		while (numbered == MOST) {
			numbered = this.unitOfWork.run(() -> number(recipient, MOST));
		}
		return lastTold(recipient);
	}

	@Override
	public long lastTold(String recipient) {
		return this.jdbc.sql("select last from recipient_changes where recipient = :recipient")
			.param("recipient", recipient)
			.query(Long.class)
			.optional()
			.orElse(0L);
	}

	private int number(String recipient, int count) {
		long last = this.jdbc.sql("""
				insert into recipient_changes (recipient, last) values (:recipient, 0)
				on conflict (recipient) do update set last = recipient_changes.last returning last""")
			.param("recipient", recipient)
			.query(Long.class)
			.single();
		List<Long> numbers = this.jdbc.sql("""
				update settlement set change_number = :last + n.place from (select id, row_number() over
				(order by updated_at, id) as place from (select id, updated_at from settlement
				where recipient = :recipient and change_number is null
				order by updated_at, id limit :count) as waiting) as n
				where settlement.id = n.id returning change_number""")
			.param("last", last)
			.param("recipient", recipient)
			.param("count", count)
			.query((row, number) -> row.getLong("change_number"))
			.list();
		numbers.stream()
			.max(Comparator.naturalOrder())
			.ifPresent(
					(number) -> this.jdbc.sql("update recipient_changes set last = :last where recipient = :recipient")
						.param("last", number)
						.param("recipient", recipient)
						.update());
		return numbers.size();
	}

	private List<RecordedChange> numbered(String recipient, long since, int count) {
		return numbered(recipient, since, count, "");
	}

	private List<RecordedChange> numbered(String recipient, long since, int count, String which) {
		return this.jdbc.sql(PAGE.formatted(which))
			.param("recipient", recipient)
			.param("since", since)
			.param("count", count)
			.query(JdbcRecipientBooks::read)
			.list();
	}

	private static RecordedChange read(ResultSet row, int number) throws SQLException {
		String hash = row.getString("token_hash");
		String signed = row.getString("statement");
		return new RecordedChange(row.getLong("change_number"), row.getString("id"), row.getString("status"),
				BigInteger.valueOf(row.getLong("amount")), row.getString("asset"), row.getString("tx_hash"),
				(row.getObject("ledger") instanceof Number ledger) ? ledger.longValue() : null,
				Instant.ofEpochMilli(row.getLong("created_at")), Instant.ofEpochMilli(row.getLong("updated_at")),
				row.getString("payer"), (hash != null) ? hash.substring(0, HANDLE) : null, row.getBoolean("deferred"),
				(signed != null) ? PaymentEvidence.resource(signed) : null);
	}

}
