package io.github.x402sessions.facilitator.store.jdbc.deferred;

import java.util.List;
import java.util.regex.Pattern;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.deferred.redemption.OpenParties;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A payer may owe many recipients: what is open is read once for each of them, not for
 * each pair of them.
 */
class JdbcRedemptionRepositoryTests {

	private static final int PAIRS = 500;

	private static final Pattern READ = Pattern.compile("actual rows=(\\d+) loops=(\\d+)");

	private static final Pattern PASSED_BY = Pattern.compile("Rows Removed by \\w+(?: \\w+)?: (\\d+)");

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void pairsOfOnePayerAreReadOnceEach(Dialect dialect) {
		try (TestDatabase books = TestDatabase.of(dialect)) {
			owe(books.jdbc());
			assertThat(books.store().redemptions().open()).hasSize(PAIRS)
				.extracting(OpenParties::amount, OpenParties::count)
				.allMatch((pair) -> pair.toString().equals("(10, 1)"));
			if (dialect == Dialect.POSTGRESQL) {
				List<String> plan = plan(books.jdbc());
				assertThat(plan.stream().mapToLong(JdbcRedemptionRepositoryTests::rows).max().orElseThrow())
					.as("%s", String.join("\n", plan))
					.isBetween((long) PAIRS, 5L * PAIRS);
			}
		}
	}

	private static void owe(JdbcClient jdbc) {
		for (int i = 0; i < PAIRS; i++) {
			StoredRow.session("k" + i)
				.with("recipient", "r" + i)
				.with("reserved", 10)
				.with("committed", 10)
				.insert(jdbc);
			StoredRow.commitment("c" + i).with("session_id", "k" + i).with("recipient", "r" + i).insert(jdbc);
		}
		jdbc.sql("""
				insert into deferred_exposure (asset, payer, recipient, amount)
				select asset, payer, recipient, amount from settlement""").update();
		jdbc.sql("analyze").update();
	}

	private static List<String> plan(JdbcClient jdbc) {
		return jdbc.sql("explain (analyze, timing off) " + JdbcRedemptionRepository.OPEN)
			.param("spenders", List.of("s"))
			.query((row, number) -> row.getString(1))
			.list();
	}

	private static long rows(String step) {
		return READ.matcher(step)
			.results()
			.mapToLong((rows) -> Long.parseLong(rows.group(1)) * Long.parseLong(rows.group(2)))
			.sum() + PASSED_BY.matcher(step).results().mapToLong((rows) -> Long.parseLong(rows.group(1))).sum();
	}

}
