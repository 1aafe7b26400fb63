package io.github.x402sessions.facilitator.store.jdbc.database;

import java.sql.SQLException;
import java.sql.Statement;

import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Patience of a migration with those who use the tables meanwhile. Whoever waits for a
 * table lets nobody else have it, so gives up soon; an index that is made concurrently
 * waits for all who were there before, however long they take, and is in nobody's way.
 */
final class LockPatience implements Callback {

	@Override
	public boolean supports(Event event, Context context) {
		return event == Event.BEFORE_EACH_MIGRATE_STATEMENT;
	}

	@Override
	public boolean canHandleInTransaction(Event event, Context context) {
		return true;
	}

	@Override
	public void handle(Event event, Context context) {
		boolean patient = context.getStatement().getSql().contains(" concurrently ");
		try (Statement statement = context.getConnection().createStatement()) {
			statement.execute(patient ? "set lock_timeout = 0" : "set lock_timeout = '5s'");
		}
		catch (SQLException ex) {
			throw new FlywayException("the time to wait for locks cannot be set", ex);
		}
	}

	@Override
	public String getCallbackName() {
		return "lock patience";
	}

}
