package io.github.x402sessions.spring.answers;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.fixtures.RedisServer;
import org.junit.jupiter.api.Test;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Leases are renewed in many goes, one of which may fail, and by drivers of all kinds.
 */
class HeldLeasesTests {

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final Duration RETENTION = Duration.ofMinutes(10);

	private static final String REQUEST = "cd".repeat(32);

	@Test
	void aBatchThatFailsEndsNoOthersLeases() {
		CountDownLatch renewed = new CountDownLatch(1);
		AnswerBackend backend = proxy(AnswerBackend.class, Map.of("renew", (arguments) -> {
			if (((Collection<?>) arguments[0]).size() > 1) {
				throw new IllegalStateException("too many");
			}
			renewed.countDown();
			return Set.of();
		}), null);
		try (HeldLeases leases = new HeldLeases(backend, HeldLeasesTests::call, new AnswerFigures(),
				Duration.ofMillis(300), RETENTION, AnswerPlace.MAX_WAITING)) {
			for (int i = 0; i < 501; i++) {
				leases.hold(new AnswerBackend.Lease("key" + i, "token" + i));
			}
			Eventually.opens(renewed);
		}
	}

	private static <T> T call(Supplier<T> call) {
		return call.get();
	}

	/** As Spring Data's connection to a cluster is, where it is Jedis. */
	@Test
	void aDriverWithoutPipelinesRenewsOneByOne() {
		try (RedisServer server = AnswerPlace.redis()) {
			LettuceConnectionFactory connections = new LettuceConnectionFactory("127.0.0.1", server.port());
			connections.afterPropertiesSet();
			connections.start();
			StringRedisTemplate template = new StringRedisTemplate(connections);
			AnswerBackend backend = new RedisAnswers(withoutPipelines(connections), LEASE, RETENTION);
			for (String key : List.of("a", "b", "c")) {
				assertThat(backend.claim(key, REQUEST, "token " + key).claimed()).isTrue();
				template.opsForHash().put(RedisAnswers.PREFIX + key, "u", "1");
			}
			assertThat(backend.claim("c", REQUEST, "other").claimed()).isTrue();
			assertThat(backend.renew(List.of(new AnswerBackend.Lease("a", "token a"),
					new AnswerBackend.Lease("c", "token c"), new AnswerBackend.Lease("b", "token b"))))
				.containsExactly("token c");
			for (String key : List.of("a", "b", "c")) {
				assertThat(backend.claim(key, REQUEST, "next").claimed()).isFalse();
			}
			connections.destroy();
		}
	}

	private static RedisConnectionFactory withoutPipelines(RedisConnectionFactory connections) {
		return proxy(RedisConnectionFactory.class,
				Map.of("getConnection", (none) -> proxy(RedisConnection.class, Map.of("openPipeline", (nothing) -> {
					throw new InvalidDataAccessApiUsageException("Pipeline is not supported");
				}), connections.getConnection())), connections);
	}

	private static <T> T proxy(Class<T> type, Map<String, Step> steps, T rest) {
		return type.cast(Proxy.newProxyInstance(HeldLeasesTests.class.getClassLoader(), new Class<?>[] { type },
				(same, method, arguments) -> {
					Step step = steps.get(method.getName());
					if (step != null) {
						return step.take(arguments);
					}
					try {
						return (rest != null) ? method.invoke(rest, arguments) : null;
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				}));
	}

	/** Stands for a method. */
	@FunctionalInterface
	private interface Step {

		Object take(Object[] arguments);

	}

}
