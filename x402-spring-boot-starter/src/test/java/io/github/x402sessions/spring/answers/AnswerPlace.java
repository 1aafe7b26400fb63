package io.github.x402sessions.spring.answers;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiFunction;

import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.fixtures.RedisServer;
import io.github.x402sessions.spring.ShopDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A place for answers, empty at first, and the stores of instances that share it.
 */
final class AnswerPlace implements AutoCloseable {

	static final Duration TIMEOUT = Duration.ofSeconds(10);

	static final long MAX_WAITING = 1024 * 1024;

	private final Kind kind;

	private final BiFunction<Duration, Duration, AnswerBackend> backend;

	/** The last is closed first. */
	private final Deque<Runnable> open = new ArrayDeque<>();

	private @Nullable ResponseStore memory;

	private AnswerPlace(Kind kind, BiFunction<Duration, Duration, AnswerBackend> backend) {
		this.kind = kind;
		this.backend = backend;
	}

	static AnswerPlace of(Kind kind) {
		return switch (kind) {
			case MEMORY -> new AnswerPlace(kind, (lease, retention) -> {
				throw new IllegalStateException("memory is no backend");
			});
			case REDIS -> in(redis());
			case POSTGRESQL -> in(kind, ShopDatabase.of(ShopDatabase.Kind.POSTGRESQL));
			case SQLITE -> in(kind, ShopDatabase.of(ShopDatabase.Kind.SQLITE));
		};
	}

	static RedisServer redis() {
		assumeTrue(RedisServer.isThere(), "redis-server is not installed: apt-get install redis-server");
		return RedisServer.open();
	}

	static AnswerPlace in(RedisServer server) {
		LettuceConnectionFactory connections = connections(server);
		AnswerPlace place = new AnswerPlace(Kind.REDIS,
				(lease, retention) -> new RedisAnswers(connections, lease, retention));
		place.open.push(server::close);
		place.open.push(connections::destroy);
		return place;
	}

	static LettuceConnectionFactory connections(RedisServer server) {
		LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", server.port());
		connections.afterPropertiesSet();
		connections.start();
		return connections;
	}

	private static AnswerPlace in(Kind kind, ShopDatabase database) {
		return new AnswerPlace(kind, (lease, retention) -> JdbcAnswers.migrated(database, lease, retention));
	}

	AnswerBackend backend(Duration lease, Duration retention) {
		return this.backend.apply(lease, retention);
	}

	/** The store of one more instance. */
	ResponseStore instance(Duration lease, Duration retention) {
		if (this.kind == Kind.MEMORY) {
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

}
