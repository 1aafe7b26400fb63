package io.github.x402sessions.spring.answers;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import io.github.x402sessions.core.purchase.Purchase;
import io.github.x402sessions.core.purchase.PurchaseClaim;
import io.github.x402sessions.core.purchase.PurchaseLease;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.core.purchase.StoredResponse;
import io.github.x402sessions.fixtures.RedisServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures the steps of a purchase, one after another on one thread: run by hand, with
 * {@code -Dtest=AnswersRun}. Servers have each step on disk before they answer.
 */
class AnswersRun {

	private static final int PURCHASES = 3_000;

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final Duration RETENTION = Duration.ofMinutes(10);

	private static final String REQUEST = "cd".repeat(32);

	private static final Purchase.Owed OWED = new Purchase.Owed(REQUEST, "b", BigInteger.TEN, 1);

	private static final Purchase.Answered ANSWERED = new Purchase.Answered(REQUEST, "b",
			new StoredResponse(200, "text/plain", 1024, List.of(), new byte[1024]), BigInteger.TEN);

	@Test
	void stepsOfAPurchase() throws IOException {
		System.out.println("| store | called | claim, µs | note | answer | claim of an answer | p99 of a claim |");
		store("memory", "by the request", ResponseStore.inMemory());
		redis();
		postgresql();
	}

	private static void redis() {
		try (RedisServer server = AnswerPlace.redis()) {
			LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", server.port());
			connections.afterPropertiesSet();
			connections.start();
			measure("Redis", new RedisAnswers(connections, LEASE, RETENTION));
			connections.destroy();
		}
	}

	private static void postgresql() throws IOException {
		try (EmbeddedPostgres server = EmbeddedPostgres.builder()
			.setServerConfig("synchronous_commit", "on")
			.setServerConfig("fsync", "on")
			.start()) {
			SingleConnectionDataSource connection = new SingleConnectionDataSource(
					server.getJdbcUrl("postgres", "postgres"), true);
			measure("PostgreSQL", JdbcAnswers.migrated(connection, LEASE, RETENTION));
			connection.destroy();
		}
	}

	private static void measure(String name, AnswerBackend backend) {
		AnswerFormat format = new AnswerFormat(AnswerSeal.of(null));
		AnswerEntry owed = format.write("k", OWED);
		AnswerEntry answered = format.write("k", ANSWERED);
		measure(name, "by the request", (key, steps) -> {
			String token = UUID.randomUUID().toString();
			steps.take(0, () -> assertThat(backend.claim(key, REQUEST, token).claimed()).isTrue());
			steps.take(1, () -> assertThat(backend.note(key, token, owed)).isTrue());
			steps.take(2, () -> assertThat(backend.conclude(key, token, answered)).isTrue());
			steps.take(3, () -> assertThat(backend.claim(key, REQUEST, token).claimed()).isFalse());
		});
		try (SharedResponseStore store = new SharedResponseStore(backend, format, Duration.ofSeconds(30), LEASE,
				RETENTION, AnswerPlace.MAX_WAITING)) {
			store(name, "on a thread of its own", store);
		}
	}

	private static void store(String name, String called, ResponseStore store) {
		measure(name, called, (key, steps) -> {
			PurchaseLease[] lease = new PurchaseLease[1];
			steps.take(0, () -> lease[0] = ResponseStoreTests.won(store.claim(key, REQUEST)).lease());
			steps.take(1, () -> assertThat(lease[0].note(OWED)).isTrue());
			steps.take(2, () -> assertThat(lease[0].conclude(ANSWERED)).isTrue());
			steps.take(3, () -> assertThat(store.claim(key, REQUEST)).isInstanceOf(PurchaseClaim.Lost.class));
		});
	}

	private static void measure(String name, String called, Course course) {
		Steps steps = new Steps();
		for (int round = 0; round < 2; round++) {
			for (int i = 0; i < PURCHASES; i++) {
				steps.number = i;
				course.run(UUID.randomUUID().toString(), steps);
			}
		}
		System.out.printf("| %s | %s | %.1f | %.1f | %.1f | %.1f | %.1f |%n", name, called, steps.median(0),
				steps.median(1), steps.median(2), steps.median(3), steps.part(0, 0.99));
	}

	/** Goes through a purchase. */
	@FunctionalInterface
	private interface Course {

		void run(String key, Steps steps);

	}

	/** What steps have taken; of two rounds the second counts. */
	private static final class Steps {

		private final long[][] nanos = new long[4][PURCHASES];

		private int number;

		void take(int step, Runnable action) {
			long begin = System.nanoTime();
			action.run();
			this.nanos[step][this.number] = System.nanoTime() - begin;
		}

		double median(int step) {
			return part(step, 0.5);
		}

		double part(int step, double part) {
			long[] sorted = this.nanos[step].clone();
			Arrays.sort(sorted);
			return sorted[(int) (part * (PURCHASES - 1))] / 1000.0;
		}

	}

}
