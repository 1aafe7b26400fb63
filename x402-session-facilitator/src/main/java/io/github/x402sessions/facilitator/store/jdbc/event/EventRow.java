package io.github.x402sessions.facilitator.store.jdbc.event;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.event.FacilitatorEvent;
import io.github.x402sessions.facilitator.event.SessionChange;
import io.github.x402sessions.facilitator.event.delivery.ClaimedEvent;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import io.github.x402sessions.facilitator.settlement.recipient.RecordedChange;
import io.github.x402sessions.facilitator.settlement.recipient.SettlementPage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads events from rows: what may change since is in the row of the event, the rest in
 * those of the settlement and its evidence.
 *
 * @param network the network as a CAIP-2 id
 * @param failures how often the receiver has failed since it last did not
 * @param lease by what it is known who tells the event
 */
record EventRow(String network, int failures, String lease) {

	/** The event of a subject that comes next. */
	static final String QUERY = """
			select e.*, s.created_at as asked_at, s.deferred, v.statement
			from event_outbox e left join settlement s on s.id = e.settlement_id
			left join payment_evidence v on v.settlement_id = e.settlement_id
			where e.receiver = :receiver and e.subject = :subject and e.state = 'WAITING' order by e.number limit 1""";

	private static final Logger logger = LoggerFactory.getLogger(EventRow.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(10));

	/** Return the event, or empty if this version cannot tell it: another may. */
	Optional<ClaimedEvent> read(ResultSet row, int number) throws SQLException {
		try {
			return Optional.of(event(EventType.of(row.getString("type")).orElseThrow(), row));
		}
		catch (RuntimeException ex) {
			LOG.log(ex.getClass(),
					(skipped) -> logger.error(
							"An event is of a kind that this version does not know, and waits for another node; so"
									+ " does what comes after it of the same session ({} more since the last time)",
							skipped));
			return Optional.empty();
		}
	}

	private ClaimedEvent event(EventType type, ResultSet row) throws SQLException {
		String recipient = row.getString("recipient");
		FacilitatorEvent.Data data = type.isAboutSession()
				? new FacilitatorEvent.Data(recipient, null, session(type, row))
				: new FacilitatorEvent.Data(recipient, settlement(row), null);
		return new ClaimedEvent(
				new FacilitatorEvent(type, Instant.ofEpochMilli(row.getLong("created_at")), data, row.getString("id"),
						row.getLong("number")),
				row.getString("receiver"), row.getInt("attempts"), this.failures, this.lease);
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
					row.getString("payer"), row.getString("handle"), row.getBoolean("deferred"),
					resource(row.getString("statement"))), this.network);
	}

	private static @Nullable String resource(@Nullable String statement) {
		return (statement != null) ? PaymentEvidence.resource(statement) : null;
	}

}
