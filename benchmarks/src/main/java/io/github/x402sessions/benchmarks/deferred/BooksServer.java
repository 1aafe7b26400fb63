package io.github.x402sessions.benchmarks.deferred;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A PostgreSQL server that has every commit on disk before it answers.
 */
public final class BooksServer {

	private BooksServer() {
	}

	/**
	 * Run until killed, after printing the URL of a database.
	 * @param args nothing
	 * @throws Exception if it does not start
	 */
	public static void main(String[] args) throws Exception {
		EmbeddedPostgres server = EmbeddedPostgres.builder()
			.setServerConfig("synchronous_commit", "on")
			.setServerConfig("fsync", "on")
			.start();
		System.out.println("READY " + server.getJdbcUrl("postgres", "postgres"));
		Thread.currentThread().join();
	}

}
