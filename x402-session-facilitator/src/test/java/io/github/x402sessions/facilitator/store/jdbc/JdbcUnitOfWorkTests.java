package io.github.x402sessions.facilitator.store.jdbc;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.facilitator.store.UnitOfWorkException;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Steps that belong together are kept together or not at all, and whoever runs them hears
 * of one kind of failure alone.
 */
class JdbcUnitOfWorkTests {

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void stepsAreKeptUnlessTheirResultOrAFailureUndoesThem(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			JdbcClient jdbc = database.jdbc();
			UnitOfWork unit = new JdbcUnitOfWork(database.transactions());
			assertThat(unit.runIf(() -> insert(jdbc, "undone"), (inserted) -> inserted != 1)).isOne();
			assertThatIllegalStateException().isThrownBy(() -> unit.perform(() -> {
				insert(jdbc, "failed");
				throw new IllegalStateException("the second step fails");
			}));
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> unit.perform(() -> {
				insert(jdbc, "twice");
				insert(jdbc, "twice");
			}));
			assertThat(unit.run(() -> insert(jdbc, "kept"))).isOne();
			assertThat(jdbc.sql("select hash from accepted_transfer").query(String.class).list())
				.containsExactly("kept");
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void unitThatCannotBeginFailsLikeAnythingElseThatTheStoreRefuses(Dialect dialect) {
		TestDatabase database = TestDatabase.of(dialect);
		UnitOfWork unit = new JdbcUnitOfWork(database.transactions());
		database.close();
		assertThatExceptionOfType(UnitOfWorkException.class).isThrownBy(() -> unit.run(() -> true))
			.isInstanceOf(DataAccessException.class);
	}

	private static int insert(JdbcClient jdbc, String hash) {
		return jdbc.sql("insert into accepted_transfer (hash, accepted_at) values (:hash, 0)")
			.param("hash", hash)
			.update();
	}

}
