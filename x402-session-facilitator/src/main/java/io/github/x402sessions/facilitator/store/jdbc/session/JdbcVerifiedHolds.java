package io.github.x402sessions.facilitator.store.jdbc.session;

import java.math.BigInteger;
import java.time.Duration;

import io.github.x402sessions.facilitator.session.VerifiedHolds;
import io.github.x402sessions.facilitator.store.Turns;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.facilitator.store.jdbc.database.Statuses;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds in a table of the database, a row for each. Whoever places one has the row of its
 * session, so that nobody else places or reserves meanwhile. Thread-safe.
 */
final class JdbcVerifiedHolds implements VerifiedHolds {

	/** As identifiers are longer, none. */
	private static final String NO_PAYMENT = "";

	private final JdbcClient jdbc;

	private final UnitOfWork unitOfWork;

	private final Turns turns = new Turns();

	private final String state;

	private final String place;

	private final String release;

	private final String forget;

	/**
	 * Create them.
	 * @param jdbc the database
	 * @param unitOfWork runs steps that belong together
	 * @param dialect the database's dialect
	 */
	JdbcVerifiedHolds(JdbcClient jdbc, UnitOfWork unitOfWork, Dialect dialect) {
		this.jdbc = jdbc;
		this.unitOfWork = unitOfWork;
		String now = dialect.now();
		this.state = """
				select coalesce(sum(case when h.ends_at > %1$s and h.payment_id <> :payment then h.amount else 0 end), 0) as held,
				coalesce(max(case when h.ends_at <= %1$s then 1 else 0 end), 0) as lapsed
				from verified_amount h where h.session_id = :session and h.noted_until > %1$s and not exists
				(select 1 from settlement s where s.session_id = h.session_id and s.payment_id = h.payment_id and s.status in %2$s)"""
			.formatted(now, Statuses.ALIVE);
		this.place = """
				insert into verified_amount (session_id, payment_id, amount, ends_at, noted_until)
				values (:session, :payment, :amount, %1$s + :term, %1$s + :noted)
				on conflict (session_id, payment_id) do update set amount = excluded.amount,
				ends_at = case when %2$s then excluded.ends_at else verified_amount.ends_at end,
				noted_until = case when %2$s then excluded.noted_until else verified_amount.noted_until end"""
			.formatted(now, "verified_amount.noted_until <= " + now);
		this.release = """
				delete from verified_amount
				where session_id = :session and payment_id = :payment and ends_at > %s""".formatted(now);
		this.forget = """
				delete from verified_amount where (session_id, payment_id) in (
				select h.session_id, h.payment_id from verified_amount h where h.noted_until < %s limit :count%s)"""
			.formatted(now, dialect.taken("h"));
	}

	@Override
	public boolean place(String session, String payment, BigInteger amount, Duration term, Duration note) {
		return this.turns.take(session, () -> this.unitOfWork.run(() -> {
			BigInteger remaining = lock(session);
			State state = state(session, payment);
			boolean fits = state.held.add(amount).compareTo(remaining) <= 0;
			if (fits && !state.lapsed) {
				insert(session, payment, amount, term, note);
			}
			return fits;
		}));
	}

	/** Return what is left of the session, which stays so. */
	private BigInteger lock(String session) {
		return this.jdbc.sql("""
				update payment_session set updated_at = updated_at where id = :session
				returning cap - spent - reserved""")
			.param("session", session)
			.query((row, number) -> BigInteger.valueOf(row.getLong(1)))
			.single();
	}

	private State state(String session, String payment) {
		return this.jdbc.sql(this.state)
			.param("session", session)
			.param("payment", payment)
			.query((row, number) -> new State(BigInteger.valueOf(row.getLong("held")), row.getInt("lapsed") == 1))
			.single();
	}

	private void insert(String session, String payment, BigInteger amount, Duration term, Duration note) {
		this.jdbc.sql(this.place)
			.param("session", session)
			.param("payment", payment)
			.param("amount", amount.longValueExact())
			.param("term", term.toMillis())
			.param("noted", term.plus(note).toMillis())
			.update();
	}

	@Override
	public BigInteger heldByOthers(String session, @Nullable String payment) {
		return state(session, (payment != null) ? payment : NO_PAYMENT).held;
	}

	@Override
	public void release(String session, String payment) {
		this.jdbc.sql(this.release).param("session", session).param("payment", payment).update();
	}

	@Override
	public boolean forget() {
		return this.jdbc.sql(this.forget).param("count", FORGOTTEN_AT_ONCE).update() == FORGOTTEN_AT_ONCE;
	}

	/**
	 * The holds of a session.
	 *
	 * @param held what they hold for others, base units
	 * @param lapsed whether one has lapsed lately
	 */
	private record State(BigInteger held, boolean lapsed) {
	}

}
