package io.github.x402sessions.facilitator;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Properties;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.logging.Logger;

/**
 * Stands before a database's driver and writes down which statements are prepared.
 */
final class RecordingDriver implements Driver, AutoCloseable {

	final Collection<String> statements = new ConcurrentSkipListSet<>();

	private final Driver driver;

	private RecordingDriver(Driver driver) {
		this.driver = driver;
	}

	/** Take the place of the driver of a URL, until this is closed. */
	static RecordingDriver instead(String url) throws SQLException {
		Driver driver = DriverManager.getDriver(url);
		RecordingDriver recording = new RecordingDriver(driver);
		DriverManager.deregisterDriver(driver);
		DriverManager.registerDriver(recording);
		return recording;
	}

	@Override
	public Connection connect(String url, Properties properties) throws SQLException {
		Connection connection = this.driver.connect(url, properties);
		return (connection == null) ? null : (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("prepareStatement")) {
						this.statements.add((String) arguments[0]);
					}
					try {
						return method.invoke(connection, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
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

}
