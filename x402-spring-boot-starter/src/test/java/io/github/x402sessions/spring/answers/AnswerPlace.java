package io.github.x402sessions.spring.answers;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.fixtures.RedisServer;
import io.github.x402sessions.spring.ShopDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A place for answers, empty at first, and the stores of instances that share it. Servers
 * and tables are those of all tests of the process, which run one after another.
 */
final class AnswerPlace implements AutoCloseable {

	static final Duration TIMEOUT = Duration.ofSeconds(10);

	static final long MAX_WAITING = 1024 * 1024;

	private static final Map<Kind, Ground> grounds = new EnumMap<>(Kind.class);

	private static final Map<ShopDatabase.Kind, ShopDatabase> databases = new EnumMap<>(ShopDatabase.Kind.class);

	private final Ground ground;

	/** The last is closed first. */
	private final Deque<Runnable> open = new ArrayDeque<>();

	private @Nullable ResponseStore memory;

	private AnswerPlace(Ground ground) {
		this.ground = ground;
	}

	static AnswerPlace of(Kind kind) {
		Ground ground = grounds.computeIfAbsent(kind, AnswerPlace::ground);
		ground.clear().run();
		return new AnswerPlace(ground);
	}

	private static Ground ground(Kind kind) {
		return switch (kind) {
			case MEMORY -> new Ground((lease, retention) -> {
				throw new IllegalStateException("memory is no backend");
			}, () -> {
			}, (key) -> {
			}, (key) -> {
			});
			case REDIS -> ground(redis());
			case POSTGRESQL -> ground(database(ShopDatabase.Kind.POSTGRESQL));
			case SQLITE -> ground(database(ShopDatabase.Kind.SQLITE));
		};
	}

	private static Ground ground(RedisServer server) {
		LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", server.port());
		connections.afterPropertiesSet();
		connections.start();
		StringRedisTemplate template = new StringRedisTemplate(connections);
		return new Ground((lease, retention) -> new RedisAnswers(connections, lease, retention), server::forget,
				(key) -> template.opsForHash().put(RedisAnswers.PREFIX + key, "u", "1"),
				(key) -> template.opsForHash().delete(RedisAnswers.PREFIX + key, "d"));
	}

	private static Ground ground(ShopDatabase database) {
		Map<String, AnswerBackend> tables = new ConcurrentHashMap<>();
		return new Ground(
				(lease, retention) -> tables.computeIfAbsent(lease + " " + retention,
						(same) -> JdbcAnswers.migrated(database, lease, retention)),
				() -> database.jdbc().sql("delete from x402_answer").update(),
				(key) -> database.jdbc()
					.sql("update x402_answer set leased_until = 1 where id = ?")
					.param(key)
					.update(),
				(key) -> database.jdbc().sql("update x402_answer set details = null where id = ?").param(key).update());
	}

	/** One for all tests of the process, with our tables. */
	static ShopDatabase database(ShopDatabase.Kind kind) {
		return databases.computeIfAbsent(kind, (same) -> {
			ShopDatabase database = ShopDatabase.of(kind);
			JdbcAnswers.migrated(database, TIMEOUT, TIMEOUT);
			return database;
		});
	}

	static RedisServer redis() {
		assumeTrue(RedisServer.isThere(), "redis-server is not installed: apt-get install redis-server");
		return RedisServer.open();
	}

	AnswerBackend backend(Duration lease, Duration retention) {
		return this.ground.backend().apply(lease, retention);
	}

	/** The store of one more instance. */
	ResponseStore instance(Duration lease, Duration retention) {
		if (this.ground == grounds.get(Kind.MEMORY)) {
			if (this.memory == null) {
				this.memory = ResponseStore.inMemory(retention, ResponseStore.DEFAULT_MAX_BYTES);
			}
			return this.memory;
		}
		return instance(backend(lease, retention), lease, retention, AnswerSeal.of(null));
	}

	SharedResponseStore instance(AnswerBackend backend, Duration lease, Duration retention, AnswerSeal seal) {
		SharedResponseStore store = new SharedResponseStore(backend, new AnswerFormat(seal), TIMEOUT, lease, retention,
				MAX_WAITING);
		this.open.push(store::close);
		return store;
	}

	/** The time of a lease is over by the clock of the store. */
	void endLease(String key) {
		this.ground.endLease().accept(key);
	}

	/** What is known of a key is not whole any more. */
	void damage(String key) {
		this.ground.damage().accept(key);
	}

	@Override
	public void close() {
		this.open.forEach(Runnable::run);
	}

	/** The places that there are. */
	enum Kind {

		MEMORY, REDIS, POSTGRESQL, SQLITE;

		boolean isShared() {
			return this != MEMORY;
		}

	}

	/**
	 * A server or a table.
	 *
	 * @param backend makes one for a lease and a retention
	 * @param clear forgets everything
	 * @param endLease ends the lease of a key
	 * @param damage takes away a part of what is known of a key
	 */
	private record Ground(BiFunction<Duration, Duration, AnswerBackend> backend, Runnable clear,
			Consumer<String> endLease, Consumer<String> damage) {
	}

}
