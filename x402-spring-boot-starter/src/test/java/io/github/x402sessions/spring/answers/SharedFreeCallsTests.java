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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Instances that share their answers count free calls together.
 */
class SharedFreeCallsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Instant END = Instant.now().plus(Duration.ofDays(1));

	private static final List<AutoCloseable> open = new ArrayList<>();

	private static @Nullable RedisServer redis;

	private final String key = UUID.randomUUID().toString();

	@AfterAll
	static void close() throws Exception {
		for (AutoCloseable closeable : open) {
			closeable.close();
		}
		open.clear();
		if (redis != null) {
			redis.close();
			redis = null;
		}
	}

	private static RedisServer redis() {
		if (redis == null) {
			redis = AnswerPlace.redis();
		}
		return redis;
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
		counter.giveBack(this.key, END);
		assertThat(counter.take(this.key, 2, END)).isTrue();
		assertThat(counter.take(this.key, 2, END)).isTrue();
		assertThat(counter.take(this.key, 2, END)).isFalse();
		counter.giveBack(this.key, END);
		assertThat(counter.take(this.key, 2, END)).isTrue();
		assertThat(counter.take(this.key, 2, END)).isFalse();
		counter.giveBack(this.key, END);
		counter.giveBack(this.key, END);
		counter.giveBack(this.key, END);
		assertThat(counter.take(this.key, 1, END)).isTrue();
		assertThat(counter.take(this.key, 1, END)).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "POSTGRESQL", "SQLITE" })
	void whatIsOverIsForgotten(AnswerPlace.Kind kind) {
		ShopDatabase database = database(kind);
		database.jdbc().sql("delete from x402_free_call").update();
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
		FreeCallCounter counter = redis(TIMEOUT, 10);
		Instant over = Instant.now().minusSeconds(60);
		assertThat(counter.take(this.key, 1, over)).isTrue();
		assertThat(counter.take(this.key, 1, over)).isFalse();
		assertThat(counter.take(this.key, 1, over.plusSeconds(1))).isTrue();
	}

	/** What fills it would leave no room for answers that were paid for. */
	@Test
	void aDayInRedisHasSoManyCountsAndNoMore() {
		FreeCallCounter counter = redis(TIMEOUT, 10);
		Instant end = END.plusSeconds(1);
		for (int i = 0; i < 10; i++) {
			assertThat(counter.take(this.key + i, 2, end)).isTrue();
		}
		assertThat(counter.take(this.key, 2, end)).isFalse();
		assertThat(counter.take(this.key + 3, 2, end)).isTrue();
		assertThat(counter.take(this.key + 3, 2, end)).isFalse();
		counter.giveBack(this.key + 5, end);
		assertThat(counter.take(this.key, 2, end)).isTrue();
		assertThat(counter.take(this.key, 2, end.plusSeconds(1))).isTrue();
	}

	@Test
	void whatDoesNotAnswerFails() {
		RedisServer server = redis();
		FreeCallCounter counter = redis(Duration.ofMillis(300), 10);
		server.freeze(true);
		try {
			assertThatIllegalStateException().isThrownBy(() -> counter.take(this.key, 1, END))
				.withMessageContaining("PT0.3S");
		}
		finally {
			server.freeze(false);
		}
		ShopDatabase database = database(AnswerPlace.Kind.SQLITE);
		FreeCallCounter jdbc = new BoundedFreeCalls(new JdbcFreeCalls(database), TIMEOUT);
		database.away(true);
		assertThatIllegalStateException().isThrownBy(() -> jdbc.take(this.key, 1, END));
		database.away(false);
		assertThat(jdbc.take(this.key, 1, END)).isTrue();
	}

	/** Of two instances one is a whole application here. */
	@Test
	void instancesCountTogetherAndOverAnOutage() throws Exception {
		RedisServer server = redis();
		server.forget();
		FreeCallCounter other = redis(TIMEOUT, RedisFreeCalls.MAX_COUNTS);
		try (RunningShop shop = new RunningShop(FreeShop.class, "x402.answers.store=redis",
				"spring.data.redis.port=" + server.port(), "spring.autoconfigure.exclude="
						+ "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration")) {
			assertThat(trial(shop, "zoe")).isEqualTo("200 goods");
			StringRedisTemplate known = new StringRedisTemplate(shop.bean(RedisConnectionFactory.class));
			String day = known.keys(RedisFreeCalls.PREFIX + "*").iterator().next();
			String zoe = String.valueOf(known.opsForHash().keys(day).iterator().next());
			Instant end = Instant.ofEpochMilli(Long.parseLong(day.substring(RedisFreeCalls.PREFIX.length())));
			assertThat(other.take(zoe, 3, end)).isTrue();
			assertThat(trial(shop, "zoe")).isEqualTo("200 goods");
			assertThat(other.take(zoe, 3, end)).isFalse();
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

	private static ShopDatabase database(AnswerPlace.Kind kind) {
		return AnswerPlace.database(ShopDatabase.Kind.valueOf(kind.name()));
	}

	private static FreeCallCounter redis(Duration timeout, int most) {
		LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", redis().port());
		connections.afterPropertiesSet();
		connections.start();
		open.add(0, connections::destroy);
		BoundedFreeCalls counter = new BoundedFreeCalls(new RedisFreeCalls(connections, most), timeout);
		open.add(0, counter);
		return counter;
	}

	/** A place that instances share. */
	private interface Place {

		FreeCallCounter instance();

		static Place of(AnswerPlace.Kind kind) {
			if (kind == AnswerPlace.Kind.REDIS) {
				return () -> redis(TIMEOUT, RedisFreeCalls.MAX_COUNTS);
			}
			ShopDatabase database = database(kind);
			return () -> new BoundedFreeCalls(new JdbcFreeCalls(database), TIMEOUT);
		}

	}

}
