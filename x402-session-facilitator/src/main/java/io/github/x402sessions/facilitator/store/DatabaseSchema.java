package io.github.x402sessions.facilitator.store;

import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.facilitator.store.jdbc.database.Migrations;
import com.zaxxer.hikari.HikariDataSource;

/**
 * The treatment of the database's schema before it is used.
 */
public enum DatabaseSchema {

	/** They are made where there are none, and brought up to date. */
	MIGRATED {

		@Override
		public void open(HikariDataSource dataSource) {
			Migrations.run(dataSource);
		}

	},

	/** They have to be there, of this version. Nothing is made or changed. */
	REQUIRED {

		// The flag of SQLite that opens a file for writing and makes none.
		private static final String EXISTING = "2";

		@Override
		public void open(HikariDataSource dataSource) {
			if (Dialect.of(dataSource.getJdbcUrl()) == Dialect.SQLITE) {
				dataSource.addDataSourceProperty("open_mode", EXISTING);
			}
			Migrations.require(dataSource);
		}

	};

	/**
	 * See to the tables.
	 * @param dataSource the pool, which was not used before
	 * @throws NoDatabaseException if they are not as they have to be
	 */
	public abstract void open(HikariDataSource dataSource);

}
