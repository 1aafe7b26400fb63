package io.github.x402sessions.spring.answers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.fixtures.RedisServer;
import io.github.x402sessions.spring.RunningShop;
import io.github.x402sessions.spring.ShopDatabase;
import io.github.x402sessions.spring.free.FreeCallCounter;
import io.github.x402sessions.spring.free.FreeShop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Instances that share their answers count free calls together.
 */
class SharedFreeCallsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Instant END = Instant.now().plus(Duration.ofDays(1));

	private static final List<AutoCloseable> open = new ArrayList<>();

	private final String key = UUID.randomUUID().toString();

	@AfterAll
	static void close() throws Exception {
		for (AutoCloseable closeable : open) {
			closeable.close();
		}
		open.clear();
	}

	@ParameterizedTest
	@EnumSource(names = "MEMORY", mode = EnumSource.Mode.EXCLUDE)
	void ofManyAtOnceNoMoreAreTakenThanThereAre(AnswerPlace.Kind kind) throws Exception {
		Place place = Place.of(kind);
		FreeCallCounter one = place.instance();
		FreeCallCounter other = place.instance();
		List<Boolean> taken = atOnce(List.of(() -> one.take(this.key, 5, END), () -> other.take(this.key, 5, END)), 16);
		assertThat(taken).filteredOn((call) -> call).hasSize(5);
		assertThat(place.instance().take(this.key, 5, END)).isFalse();
		assertThat(place.instance().take(this.key + "x", 5, END)).isTrue();
	}

	@ParameterizedTest
	@EnumSource(names = "MEMORY", mode = EnumSource.Mode.EXCLUDE)
	void whatIsGivenBackIsThereAgain(AnswerPlace.Kind kind) {
		FreeCallCounter counter = Place.of(kind).instance();
		counter.giveBack(this.key);
		assertThat(counter.take(this.key, 2, END)).isTrue();
		assertThat(counter.take(this.key, 2, END)).isTrue();
		assertThat(counter.take(this.key, 2, END)).isFalse();
		counter.giveBack(this.key);
		assertThat(counter.take(this.key, 2, END)).isTrue();
		assertThat(counter.take(this.key, 2, END)).isFalse();
		counter.giveBack(this.key);
		counter.giveBack(this.key);
		counter.giveBack(this.key);
		assertThat(counter.take(this.key, 1, END)).isTrue();
		assertThat(counter.take(this.key, 1, END)).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "POSTGRESQL", "SQLITE" })
	void whatIsOverIsForgotten(AnswerPlace.Kind kind) {
		ShopDatabase database = migrated(kind);
		Instant past = Instant.now().minus(Duration.ofDays(2));
		JdbcFreeCalls counter = new JdbcFreeCalls(database);
		for (int i = 0; i < 4; i++) {
			counter.take("old " + i, 5, past);
		}
		assertThat(rows(database)).isEqualTo(3);
		new JdbcFreeCalls(database).take("new", 5, END);
		assertThat(rows(database)).isEqualTo(1);
		new JdbcFreeCalls(database).take("newer", 5, END);
		assertThat(rows(database)).isEqualTo(2);
	}

	private static long rows(ShopDatabase database) {
		return database.jdbc().sql("select count(*) from x402_free_call").query(Long.class).single();
	}

	@Test
	void aCountInRedisOutlivesItsDay() {
		RedisServer server = AnswerPlace.redis();
		open.add(server);
		FreeCallCounter counter = redis(server, TIMEOUT);
		assertThat(counter.take(this.key, 1, Instant.now().minusSeconds(60))).isTrue();
		assertThat(counter.take(this.key, 1, Instant.now().minusSeconds(60))).isFalse();
	}

	@Test
	void whatDoesNotAnswerFails() {
		RedisServer server = AnswerPlace.redis();
		open.add(server);
		FreeCallCounter counter = redis(server, Duration.ofMillis(300));
		server.freeze(true);
		try {
			assertThatIllegalStateException().isThrownBy(() -> counter.take(this.key, 1, END))
				.withMessageContaining("PT0.3S");
		}
		finally {
			server.freeze(false);
		}
		ShopDatabase database = migrated(AnswerPlace.Kind.SQLITE);
		FreeCallCounter jdbc = new BoundedFreeCalls(new JdbcFreeCalls(database), TIMEOUT);
		database.away(true);
		assertThatIllegalStateException().isThrownBy(() -> jdbc.take(this.key, 1, END));
		database.away(false);
		assertThat(jdbc.take(this.key, 1, END)).isTrue();
	}

	@Test
	void instancesCountTogetherOverARestart() throws Exception {
		RedisServer server = AnswerPlace.redis();
		open.add(server);
		String[] properties = { "x402.answers.store=redis", "spring.data.redis.port=" + server
			.port(), "spring.autoconfigure.exclude="
					+ "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration" };
		try (RunningShop shop = new RunningShop(FreeShop.class, properties)) {
			try (RunningShop other = shop.beside(FreeShop.class, properties)) {
				assertThat(trial(shop, "zoe")).isEqualTo("200 goods");
				assertThat(trial(other, "zoe")).isEqualTo("200 goods");
			}
			try (RunningShop restarted = shop.beside(FreeShop.class, properties)) {
				assertThat(trial(restarted, "zoe")).isEqualTo("200 goods");
				assertThat(trial(restarted, "zoe")).isEqualTo("402 1000000");
			}
			assertThat(trial(shop, "zoe")).isEqualTo("402 1000000");
			server.stop();
			assertThat(trial(shop, "yves")).isEqualTo("402 1000000");
			server.start();
			Eventually.holds(() -> assertThat(trial(shop, "yves")).isEqualTo("200 goods"));
		}
	}

	private static String trial(RunningShop shop, String name) throws Exception {
		return shop.ask("/trial", "Authorization", FreeShop.login(name));
	}

	private static List<Boolean> atOnce(List<Callable<Boolean>> calls, int times) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(calls.size() * times);
		try {
			List<Boolean> answers = new ArrayList<>();
			for (Future<Boolean> answer : threads
				.invokeAll(Collections.nCopies(times, calls).stream().flatMap(List::stream).toList())) {
				answers.add(answer.get());
			}
			return answers;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static ShopDatabase migrated(AnswerPlace.Kind kind) {
		ShopDatabase database = ShopDatabase.of(ShopDatabase.Kind.valueOf(kind.name()));
		JdbcAnswers.migrated(database, TIMEOUT, TIMEOUT);
		return database;
	}

	private static FreeCallCounter redis(RedisServer server, Duration timeout) {
		LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", server.port());
		connections.afterPropertiesSet();
		connections.start();
		open.add(0, connections::destroy);
		BoundedFreeCalls counter = new BoundedFreeCalls(new RedisFreeCalls(connections), timeout);
		open.add(0, counter);
		return counter;
	}

	/** A place that instances share. */
	private interface Place {

		FreeCallCounter instance();

		static Place of(AnswerPlace.Kind kind) {
			if (kind == AnswerPlace.Kind.REDIS) {
				RedisServer server = AnswerPlace.redis();
				open.add(server);
				return () -> redis(server, TIMEOUT);
			}
			ShopDatabase database = migrated(kind);
			return () -> new BoundedFreeCalls(new JdbcFreeCalls(database), TIMEOUT);
		}

	}

}
