package io.github.x402sessions.facilitator.limit;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Predicate;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabasePool;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.facilitator.store.jdbc.database.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long it takes to count a use of a limit. No test: run by hand, it prints the
 * figures of decision 26. PostgreSQL waits for its disk as it does where money is kept.
 */
class LimitRun {

	private static final Duration LENGTH = Duration.ofSeconds(3);

	@Test
	void sqlite() {
		try (TestDatabase database = TestDatabase.sqlite()) {
			run("SQLite", database.store());
		}
	}

	@Test
	void postgres() throws Exception {
		try (EmbeddedPostgres server = EmbeddedPostgres.builder()
			.setServerConfig("fsync", "on")
			.setServerConfig("full_page_writes", "on")
			.setServerConfig("synchronous_commit", "on")
			.start();
				HikariDataSource pool = DatabasePool.pool(server.getJdbcUrl("postgres", "postgres"), "postgres", "")) {
			Migrations.run(pool);
			JdbcClient jdbc = DatabasePool.jdbc(pool, Dialect.POSTGRESQL);
			run("PostgreSQL", new TestStore(jdbc, DatabasePool.transactions(pool, Dialect.POSTGRESQL),
					Dialect.POSTGRESQL, Clock.systemUTC()));
		}
	}

	private static void run(String title, TestStore store) {
		SharedLimit wide = limit(store, "wide", Long.MAX_VALUE / 2);
		measure(title + ", warming up", 1, (caller) -> "a" + caller, wide::take);
		measure(title + ", counted, one caller", 1, (caller) -> "a" + caller, wide::take);
		measure(title + ", counted, 8 callers with a row each", 8, (caller) -> "b" + caller, wide::take);
		measure(title + ", counted, 8 callers of one row", 8, (caller) -> "c", wide::take);
		measure(title + ", looked up, one caller", 1, (caller) -> "a" + caller, wide::allows);
		SharedLimit narrow = limit(store, "narrow", 1);
		narrow.take("a0");
		measure(title + ", refused, one caller", 1, (caller) -> "a" + caller, narrow::take);
	}

	private static SharedLimit limit(TestStore store, String name, long most) {
		return new SharedLimit(PeriodLimit.perDay(name, most), store.limits());
	}

	private static void measure(String title, int callers, IntFunction<String> names, Predicate<String> use) {
		ExecutorService threads = Executors.newFixedThreadPool(callers);
		AtomicInteger number = new AtomicInteger();
		long end = System.nanoTime() + LENGTH.toNanos();
		List<CompletableFuture<List<Long>>> runs = new ArrayList<>();
		for (int i = 0; i < callers; i++) {
			runs.add(CompletableFuture.supplyAsync(() -> {
				String who = names.apply(number.getAndIncrement());
				List<Long> times = new ArrayList<>();
				while (System.nanoTime() < end) {
					long begun = System.nanoTime();
					use.test(who);
					times.add(System.nanoTime() - begun);
				}
				return times;
			}, threads));
		}
		List<Long> times = new ArrayList<>();
		runs.forEach((run) -> times.addAll(run.join()));
		threads.shutdown();
		times.sort(null);
		System.out.printf("%s: %d/s, p50 %s µs, p99 %s µs%n", title, times.size() / LENGTH.toSeconds(),
				micros(times, 50), micros(times, 99));
	}

	private static BigDecimal micros(List<Long> times, int percent) {
		return BigDecimal.valueOf(times.get((int) ((times.size() - 1L) * percent / 100)) / 100, 1);
	}

}
