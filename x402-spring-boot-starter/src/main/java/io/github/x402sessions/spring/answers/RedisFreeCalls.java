package io.github.x402sessions.spring.answers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.x402sessions.spring.free.FreeCallCounter;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Counts free calls in Redis, each caller's of a day and a route under a key of its own.
 * Thread-safe.
 */
final class RedisFreeCalls implements FreeCallCounter {

	static final String PREFIX = "x402:free:";

	/** A count outlives its day by this much, however the clocks of instances differ. */
	static final Duration MARGIN = Duration.ofHours(12);

	private static final RedisScript<Long> TAKE = RedisScript.of("""
			if tonumber(redis.call('get', KEYS[1]) or '0') >= tonumber(ARGV[1]) then return 0 end
			redis.call('incr', KEYS[1])
			redis.call('pexpire', KEYS[1], ARGV[2])
			return 1""", Long.class);

	private static final RedisScript<Long> GIVE_BACK = RedisScript.of("""
			if tonumber(redis.call('get', KEYS[1]) or '0') > 0 then redis.call('decr', KEYS[1]) end
			return 1""", Long.class);

	private final StringRedisTemplate redis;

	RedisFreeCalls(RedisConnectionFactory connections) {
		this.redis = new StringRedisTemplate(connections);
	}

	@Override
	public boolean take(String key, int limit, Instant end) {
		Duration kept = Duration.between(Instant.now(), end).plus(MARGIN);
		Long taken = this.redis.execute(TAKE, List.of(PREFIX + key), Integer.toString(limit),
				Long.toString(kept.toMillis()));
		return Long.valueOf(1).equals(taken);
	}

	@Override
	public void giveBack(String key) {
		this.redis.execute(GIVE_BACK, List.of(PREFIX + key));
	}

	@Override
	public String place() {
		return "Redis";
	}

}
