package io.github.x402sessions.facilitator.store.jdbc.database;

/**
 * The statuses of settlements by what they mean, as SQL writes them. Partial indexes have
 * the same lists.
 */
public final class Statuses {

	/** The amount is set aside in the session, in a transaction or in none. */
	public static final String OPEN = "('RESERVED', 'SUBMITTED', 'HELD', 'COMMITTED', 'DEFAULTED')";

	/** The amount is set aside, and no transaction that may be applied has it. */
	public static final String COMMITTED = "('COMMITTED', 'DEFAULTED')";

	/** The same with what may not have to be paid. */
	public static final String UNCARRIED = "('COMMITTED', 'DEFAULTED', 'HELD')";

	/** It is committed or will be, and no ledger has it. */
	public static final String UNPAID = "('HELD', 'COMMITTED', 'SUBMITTED')";

	/** Its identifier is taken: the money has moved or may, or somebody was told so. */
	public static final String ALIVE = "('RESERVED', 'SUBMITTED', 'CONFIRMED', 'HELD', 'COMMITTED', 'DEFAULTED', 'WRITTEN_OFF')";

	/** The same of payments without an identifier, which are never committed. */
	public static final String ALIVE_UNNAMED = "('RESERVED', 'SUBMITTED', 'CONFIRMED')";

	private Statuses() {
	}

}
