package io.github.x402sessions.facilitator.store.jdbc.event;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.event.FacilitatorEvent;
import io.github.x402sessions.facilitator.event.SessionChange;
import io.github.x402sessions.facilitator.event.delivery.ClaimedEvent;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import io.github.x402sessions.facilitator.settlement.recipient.RecordedChange;
import io.github.x402sessions.facilitator.settlement.recipient.SettlementPage;
import org.jspecify.annotations.Nullable;

/**
 * Reads events from rows: what may change since is in the row of the event, the rest in
 * those of the settlement and the session.
 *
 * @param network the network as a CAIP-2 id
 * @param failures how often the receiver has failed since it last did not
 */
record EventRow(String network, int failures) {

	/** The events of a lease, in their order. */
	static final String QUERY = """
			select e.*, s.created_at as asked_at, s.deferred, p.token_hash, p.expiration_ledger, v.statement
			from event_outbox e left join settlement s on s.id = e.settlement_id
			left join payment_session p on p.id = e.session_id
			left join payment_evidence v on v.settlement_id = e.settlement_id
			where e.lease = :lease and e.state = 'WAITING' order by e.number""";

	private static final int HANDLE = 16;

	ClaimedEvent read(ResultSet row, int number) throws SQLException {
		EventType type = EventType.of(row.getString("type")).orElseThrow();
		String recipient = row.getString("recipient");
		FacilitatorEvent.Data data = type.isAboutSession()
				? new FacilitatorEvent.Data(recipient, null, session(type, row))
				: new FacilitatorEvent.Data(recipient, settlement(row), null);
		return new ClaimedEvent(
				new FacilitatorEvent(type, Instant.ofEpochMilli(row.getLong("created_at")), data, row.getString("id"),
						row.getLong("number")),
				row.getString("receiver"), row.getInt("attempts"), this.failures, row.getString("lease"));
	}

	private SessionChange session(EventType type, ResultSet row) throws SQLException {
		SessionEnd end = (type == EventType.SESSION_ENDED) ? SessionEnd.stored(row.getString("status")) : null;
		return new SessionChange(row.getString("handle"), (end != null) ? end.status() : "active",
				(end != null) ? end.reason() : null, row.getString("payer"), row.getString("asset"), this.network,
				Long.toString(row.getLong("amount")), row.getLong("expiration_ledger"));
	}

	private SettlementPage.Entry settlement(ResultSet row) throws SQLException {
		return SettlementPage.Entry
			.of(new RecordedChange(row.getLong("number"), row.getString("settlement_id"), row.getString("status"),
					BigInteger.valueOf(row.getLong("amount")), row.getString("asset"), row.getString("tx_hash"),
					(row.getObject("ledger") instanceof Number ledger) ? ledger.longValue() : null,
					Instant.ofEpochMilli(row.getLong("asked_at")), Instant.ofEpochMilli(row.getLong("created_at")),
					row.getString("payer"), handle(row.getString("token_hash")), row.getBoolean("deferred"),
					resource(row.getString("statement"))), this.network);
	}

	private static @Nullable String handle(@Nullable String hash) {
		return (hash != null) ? hash.substring(0, Math.min(HANDLE, hash.length())) : null;
	}

	private static @Nullable String resource(@Nullable String statement) {
		return (statement != null) ? PaymentEvidence.resource(statement) : null;
	}

}
