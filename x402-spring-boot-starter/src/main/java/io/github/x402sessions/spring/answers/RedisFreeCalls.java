package io.github.x402sessions.spring.answers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.x402sessions.spring.free.FreeCallCounter;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Counts free calls in Redis, those of a day in one hash. A day has so many counts and no
 * more, for what fills Redis leaves no room for answers that were paid for. Thread-safe.
 */
final class RedisFreeCalls implements FreeCallCounter {

	static final String PREFIX = "x402:free:";

	/** A count outlives its day by this much, however the clocks of instances differ. */
	static final Duration MARGIN = Duration.ofHours(12);

	/** The most counts of a day, some 150 bytes each. */
	static final int MAX_COUNTS = 250_000;

	private static final RedisScript<Long> TAKE = RedisScript.of("""
			local used = tonumber(redis.call('hget', KEYS[1], ARGV[1]) or '-1')
			if used >= tonumber(ARGV[2]) then return 0 end
			if used < 0 and redis.call('hlen', KEYS[1]) >= tonumber(ARGV[4]) then return 0 end
			redis.call('hincrby', KEYS[1], ARGV[1], 1)
			redis.call('pexpire', KEYS[1], ARGV[3])
			return 1""", Long.class);

	private static final RedisScript<Long> GIVE_BACK = RedisScript.of("""
			local used = tonumber(redis.call('hget', KEYS[1], ARGV[1]) or '0')
			if used > 1 then redis.call('hincrby', KEYS[1], ARGV[1], -1) end
			if used == 1 then redis.call('hdel', KEYS[1], ARGV[1]) end
			return 1""", Long.class);

	private final StringRedisTemplate redis;

	private final int most;

	RedisFreeCalls(RedisConnectionFactory connections) {
		this(connections, MAX_COUNTS);
	}

	RedisFreeCalls(RedisConnectionFactory connections, int most) {
		this.redis = new StringRedisTemplate(connections);
		this.most = most;
	}

	@Override
	public boolean take(String key, int limit, Instant end) {
		Duration kept = Duration.between(Instant.now(), end).plus(MARGIN);
		Long taken = this.redis.execute(TAKE, day(end), key, Integer.toString(limit), Long.toString(kept.toMillis()),
				Integer.toString(this.most));
		return Long.valueOf(1).equals(taken);
	}

	@Override
	public void giveBack(String key, Instant end) {
		this.redis.execute(GIVE_BACK, day(end), key);
	}

	private static List<String> day(Instant end) {
		return List.of(PREFIX + end.toEpochMilli());
	}

	@Override
	public String place() {
		return "Redis";
	}

}
