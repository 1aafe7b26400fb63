package io.github.x402sessions.facilitator;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Logger;

/**
 * Stands before a database's driver and writes down which statements are prepared, and
 * how long each run of one takes with all of its rows.
 */
final class RecordingDriver implements Driver, AutoCloseable {

	/** The runs of each statement, nanoseconds. */
	final Map<String, Collection<AtomicLong>> runs = new ConcurrentSkipListMap<>();

	private final Driver driver;

	private final Consumer<String> prepared;

	private RecordingDriver(Driver driver, Consumer<String> prepared) {
		this.driver = driver;
		this.prepared = prepared;
	}

	/** Take the place of the driver of a URL, until this is closed. */
	static RecordingDriver instead(String url) throws SQLException {
		return instead(url, (sql) -> {
		});
	}

	/** The same, and somebody hears of each statement where it is prepared. */
	static RecordingDriver instead(String url, Consumer<String> prepared) throws SQLException {
		Driver driver = DriverManager.getDriver(url);
		RecordingDriver recording = new RecordingDriver(driver, prepared);
		DriverManager.deregisterDriver(driver);
		DriverManager.registerDriver(recording);
		return recording;
	}

	@Override
	public Connection connect(String url, Properties properties) throws SQLException {
		Connection connection = this.driver.connect(url, properties);
		return (connection == null) ? null : proxy(Connection.class, (method, arguments) -> {
			Object result = method.invoke(connection, arguments);
			return (result instanceof PreparedStatement statement) ? timed(statement, (String) arguments[0]) : result;
		});
	}

	private PreparedStatement timed(PreparedStatement statement, String sql) {
		this.prepared.accept(sql);
		Collection<AtomicLong> all = this.runs.computeIfAbsent(sql, (unused) -> new ConcurrentLinkedQueue<>());
		return proxy(PreparedStatement.class, (method, arguments) -> {
			if (!method.getName().startsWith("execute")) {
				return method.invoke(statement, arguments);
			}
			AtomicLong nanos = new AtomicLong();
			all.add(nanos);
			Object result = timed(nanos, () -> method.invoke(statement, arguments));
			return (result instanceof ResultSet rows) ? timed(rows, nanos) : result;
		});
	}

	private static ResultSet timed(ResultSet rows, AtomicLong nanos) {
		return proxy(ResultSet.class, (method, arguments) -> timed(nanos, () -> method.invoke(rows, arguments)));
	}

	private static Object timed(AtomicLong nanos, Call call) throws ReflectiveOperationException {
		long before = System.nanoTime();
		try {
			return call.run();
		}
		finally {
			nanos.addAndGet(System.nanoTime() - before);
		}
	}

	private static <T> T proxy(Class<T> type, Handler handler) {
		return type.cast(Proxy.newProxyInstance(RecordingDriver.class.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> {
					try {
						return handler.invoke(method, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				}));
	}

	@Override
	public boolean acceptsURL(String url) throws SQLException {
		return this.driver.acceptsURL(url);
	}

	@Override
	public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) throws SQLException {
		return this.driver.getPropertyInfo(url, properties);
	}

	@Override
	public int getMajorVersion() {
		return this.driver.getMajorVersion();
	}

	@Override
	public int getMinorVersion() {
		return this.driver.getMinorVersion();
	}

	@Override
	public boolean jdbcCompliant() {
		return this.driver.jdbcCompliant();
	}

	@Override
	public Logger getParentLogger() {
		return Logger.getGlobal();
	}

	@Override
	public void close() throws SQLException {
		DriverManager.deregisterDriver(this);
		DriverManager.registerDriver(this.driver);
	}

	/** What a proxy does. */
	private interface Handler {

		Object invoke(Method method, Object[] arguments) throws ReflectiveOperationException;

	}

	/** What is timed. */
	private interface Call {

		Object run() throws ReflectiveOperationException;

	}

}
