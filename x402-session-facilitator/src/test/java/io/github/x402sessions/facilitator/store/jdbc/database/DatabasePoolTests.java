package io.github.x402sessions.facilitator.store.jdbc.database;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The driver leaves out what it does not know, so SQLite itself is asked.
 */
class DatabasePoolTests {

	@Test
	void commitIsOnDiskWhateverIsKeptInMemory(@TempDir Path directory) {
		try (HikariDataSource pool = DatabasePool.pool("jdbc:sqlite:" + directory.resolve("books.db"), "", "")) {
			JdbcClient jdbc = JdbcClient.create(pool);
			assertThat(Stream.of("journal_mode", "synchronous", "temp_store", "cache_size", "wal_autocheckpoint")
				.collect(Collectors.toMap((name) -> name,
						(name) -> jdbc.sql("pragma " + name).query(String.class).single())))
				.isEqualTo(Map.of("journal_mode", "wal", "synchronous", "2", "temp_store", "2", "cache_size", "-16384",
						"wal_autocheckpoint", "4000"));
		}
	}

}
