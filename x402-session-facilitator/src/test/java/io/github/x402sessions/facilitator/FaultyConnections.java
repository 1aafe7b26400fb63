package io.github.x402sessions.facilitator;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.logging.Logger;

import javax.sql.DataSource;

import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

/**
 * The driver of a database, one call of which fails. Calls are what goes to the database:
 * begin, statement, commit, rollback.
 */
final class FaultyConnections implements DataSource {

	private static final Set<String> CALLS = Set.of("setAutoCommit", "commit", "rollback", "execute", "executeQuery",
			"executeUpdate", "executeBatch");

	private static final Set<String> ENDS = Set.of("commit", "rollback");

	private final DataSource driver;

	private final Dialect dialect;

	private Fault fault = Fault.NONE;

	private int failing;

	private int calls;

	private boolean ending;

	FaultyConnections(DataSource driver, Dialect dialect) {
		this.driver = driver;
		this.dialect = dialect;
	}

	/** Let a call fail, counted from 1. */
	void arm(Fault next, int call) {
		this.fault = next;
		this.failing = call;
		this.calls = 0;
	}

	/** Let nothing fail any more, and return how many calls there were. */
	int disarm() {
		this.fault = Fault.NONE;
		return this.calls;
	}

	/** Tell whether the call that failed was to end a transaction. */
	boolean failedAtTheEnd() {
		return this.ending;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return proxy(Connection.class, this.driver.getConnection(), null);
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

	private <T> T proxy(Class<T> type, T target, Connection connection) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> call(target, method, arguments,
						(connection != null) ? connection : (Connection) target)));
	}

	private Object call(Object target, Method method, Object[] arguments, Connection connection) throws Throwable {
		boolean fails = CALLS.contains(method.getName()) && ++this.calls == this.failing;
		if (fails) {
			this.ending = ENDS.contains(method.getName());
			this.fault.before(connection, method, this.dialect);
		}
		Object result = invoke(target, method, arguments);
		if (fails) {
			this.fault.after(connection);
		}
		return switch (method.getName()) {
			case "prepareStatement" -> proxy(PreparedStatement.class, (PreparedStatement) result, connection);
			case "createStatement" -> proxy(Statement.class, (Statement) result, connection);
			default -> result;
		};
	}

	private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	@Override
	public PrintWriter getLogWriter() {
		return null;
	}

	@Override
	public void setLogWriter(PrintWriter out) {
		// there is none
	}

	@Override
	public void setLoginTimeout(int seconds) {
		// there is none
	}

	@Override
	public int getLoginTimeout() {
		return 0;
	}

	@Override
	public Logger getParentLogger() {
		return Logger.getGlobal();
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		return this.driver.unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) {
		return false;
	}

	/** How a call fails. */
	enum Fault {

		/** It does not. */
		NONE {
			@Override
			void before(Connection connection, Method method, Dialect dialect) {
				// nothing happens
			}
		},

		/**
		 * Somebody else has a lock. A begin leaves SQLite's driver in a transaction that
		 * the database does not know.
		 */
		BUSY {
			@Override
			void before(Connection connection, Method method, Dialect dialect) throws SQLException {
				if (dialect == Dialect.SQLITE && method.getName().equals("setAutoCommit")
						&& connection.getAutoCommit()) {
					connection.setAutoCommit(false);
					try (Statement statement = connection.createStatement()) {
						statement.execute("rollback");
					}
				}
				throw (dialect == Dialect.SQLITE) ? new SQLException("[SQLITE_BUSY]", null, 5)
						: new SQLException("canceling statement due to lock timeout", "55P03");
			}
		},

		/** The database has ended a statement that took too long. */
		CANCELLED {
			@Override
			void before(Connection connection, Method method, Dialect dialect) throws SQLException {
				throw (dialect == Dialect.SQLITE) ? new SQLException("[SQLITE_INTERRUPT]", null, 9)
						: new SQLException("canceling statement due to statement timeout", "57014");
			}
		},

		/** The disk is full. */
		FULL {
			@Override
			void before(Connection connection, Method method, Dialect dialect) throws SQLException {
				throw (dialect == Dialect.SQLITE) ? new SQLException("[SQLITE_FULL]", null, 13)
						: new SQLException("could not extend file", "53100");
			}
		},

		/** The connection ends before the database hears of the call. */
		RESET {
			@Override
			void before(Connection connection, Method method, Dialect dialect) throws SQLException {
				connection.close();
				throw new SQLException("connection reset", "08006");
			}
		},

		/** The connection ends before the answer of the database arrives. */
		LOST {
			@Override
			void before(Connection connection, Method method, Dialect dialect) {
				// the database does it
			}

			@Override
			void after(Connection connection) throws SQLException {
				connection.close();
				throw new SQLException("connection reset", "08006");
			}
		};

		abstract void before(Connection connection, Method method, Dialect dialect) throws SQLException;

		void after(Connection connection) throws SQLException {
			// whatever failed has failed before
		}

	}

}
