package io.github.x402sessions.spring.answers;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.serializer.RedisSerializer;

/**
 * Keeps answers in Redis: a hash for each identifier, with what is known of it (state
 * {@code s}, request {@code q}, details {@code d}) and its lease (token {@code t}, and
 * until when {@code u}). Each step is a script, which Redis runs as one, by its own
 * clock. Thread-safe.
 */
final class RedisAnswers implements AnswerBackend {

	/** Stands before an identifier's key. */
	static final String PREFIX = "x402:answers:";

	private static final String NOW = """
			local time = redis.call('TIME')
			local now = time[1] * 1000 + math.floor(time[2] / 1000)
			""";

	/**
	 * Arguments: request, token, lease, retention. A driver that has lost its connection
	 * may send a claim twice.
	 */
	@SuppressWarnings("rawtypes")
	private static final RedisScript<List> CLAIM = RedisScript.of(NOW + """
			local row = redis.call('HMGET', KEYS[1], 's', 'q', 'd', 'u', 't')
			if row[4] and tonumber(row[4]) > now and row[5] ~= ARGV[2] then
				return {'running', '', row[2] or '', ''}
			end
			if row[1] and not (row[1] == 'o' and row[2] == ARGV[1]) then
				return {'taken', row[1], row[2] or '', row[3] or ''}
			end
			redis.call('HSET', KEYS[1], 'q', ARGV[1], 't', ARGV[2], 'u', string.format('%.0f', now + ARGV[3]))
			redis.call('PEXPIRE', KEYS[1], ARGV[4])
			return {'claimed', row[1] or '', ARGV[1], row[3] or ''}
			""", List.class);

	/** Arguments: token, lease, retention, state, request, details. */
	private static final RedisScript<Long> NOTE = RedisScript.of(NOW + """
			local row = redis.call('HMGET', KEYS[1], 't', 'u')
			if row[1] ~= ARGV[1] or not row[2] then
				return 0
			end
			redis.call('HSET', KEYS[1], 's', ARGV[4], 'q', ARGV[5], 'd', ARGV[6],
				'u', string.format('%.0f', now + ARGV[2]))
			redis.call('PEXPIRE', KEYS[1], ARGV[3])
			return 1
			""", Long.class);

	/** Arguments: token, retention, state, request, details. The token stays. */
	private static final RedisScript<Long> CONCLUDE = RedisScript.of("""
			local token = redis.call('HGET', KEYS[1], 't')
			if token ~= ARGV[1] and redis.call('EXISTS', KEYS[1]) == 1 then
				return 0
			end
			redis.call('HSET', KEYS[1], 's', ARGV[3], 'q', ARGV[4], 'd', ARGV[5], 't', ARGV[1])
			redis.call('HDEL', KEYS[1], 'u')
			redis.call('PEXPIRE', KEYS[1], ARGV[2])
			return 1
			""", Long.class);

	/** Arguments: token. */
	private static final RedisScript<Long> RELEASE = RedisScript.of("""
			local row = redis.call('HMGET', KEYS[1], 't', 'u')
			if row[1] ~= ARGV[1] or not row[2] then
				return 0
			end
			return redis.call('DEL', KEYS[1])
			""", Long.class);

	/** Arguments: token. What was known stays. */
	private static final RedisScript<Long> GIVE_BACK = RedisScript.of("""
			if redis.call('HGET', KEYS[1], 't') ~= ARGV[1] then
				return 0
			end
			return redis.call('HDEL', KEYS[1], 'u')
			""", Long.class);

	/** Arguments: token, lease, retention. */
	private static final RedisScript<Long> RENEW = RedisScript.of(NOW + """
			local row = redis.call('HMGET', KEYS[1], 't', 'u')
			if row[1] ~= ARGV[1] or not row[2] then
				return 0
			end
			redis.call('HSET', KEYS[1], 'u', string.format('%.0f', now + ARGV[2]))
			redis.call('PEXPIRE', KEYS[1], ARGV[3])
			return 1
			""", Long.class);

	private final RedisTemplate<String, byte[]> redis = new RedisTemplate<>();

	private final byte[] lease;

	private final byte[] retention;

	RedisAnswers(RedisConnectionFactory connections, Duration lease, Duration retention) {
		this.lease = bytes(Long.toString(lease.toMillis()));
		this.retention = bytes(Long.toString(retention.toMillis()));
		this.redis.setConnectionFactory(connections);
		this.redis.setKeySerializer(RedisSerializer.string());
		this.redis.setValueSerializer(RedisSerializer.byteArray());
		this.redis.setEnableDefaultSerializer(false);
		this.redis.afterPropertiesSet();
	}

	@Override
	public Found claim(String key, String request, String token) {
		List<?> answer = run(CLAIM, key, bytes(request), bytes(token), this.lease, this.retention);
		String outcome = text(answer.get(0));
		String before = text(answer.get(1));
		String known = text(answer.get(2));
		if (outcome.equals("running")) {
			return Found.running(known);
		}
		boolean claimed = outcome.equals("claimed");
		if (claimed && before.isEmpty()) {
			return Found.claimed(null);
		}
		AnswerEntry entry = AnswerEntry.of(before, known, (byte[]) answer.get(3));
		return claimed ? Found.claimed(entry) : Found.taken(entry);
	}

	@Override
	public boolean note(String key, String token, AnswerEntry otherwise) {
		return run(NOTE, key, bytes(token), this.lease, this.retention, bytes(otherwise.state().code()),
				bytes(otherwise.request()), otherwise.details()) == 1;
	}

	@Override
	public boolean conclude(String key, String token, AnswerEntry end) {
		return run(CONCLUDE, key, bytes(token), this.retention, bytes(end.state().code()), bytes(end.request()),
				end.details()) == 1;
	}

	@Override
	public void release(String key, String token) {
		run(RELEASE, key, bytes(token));
	}

	@Override
	public void giveBack(String key, String token) {
		run(GIVE_BACK, key, bytes(token));
	}

	@Override
	public Set<String> renew(Collection<Lease> leases) {
		List<Lease> all = List.copyOf(leases);
		List<?> answers = renewed(all);
		Set<String> gone = new HashSet<>();
		for (int i = 0; i < all.size(); i++) {
			if (!Long.valueOf(1).equals(answers.get(i))) {
				gone.add(all.get(i).token());
			}
		}
		return gone;
	}

	/** Jedis has no pipeline to a cluster, and says so before anything is sent. */
	private List<?> renewed(List<Lease> leases) {
		try {
			return renewedAtOnce(leases);
		}
		catch (InvalidDataAccessApiUsageException | UnsupportedOperationException ex) {
			return leases.stream()
				.map((lease) -> run(RENEW, lease.key(), bytes(lease.token()), this.lease, this.retention))
				.toList();
		}
	}

	@SuppressWarnings("NullAway") // what is sent together is answered together
	private List<Object> renewedAtOnce(List<Lease> leases) {
		byte[] script = bytes(RENEW.getScriptAsString());
		return this.redis.executePipelined((RedisCallback<Object>) (connection) -> {
			for (Lease lease : leases) {
				connection.scriptingCommands()
					.eval(script, ReturnType.INTEGER, 1, bytes(PREFIX + lease.key()), bytes(lease.token()), this.lease,
							this.retention);
			}
			return null;
		}, RedisSerializer.byteArray());
	}

	/** Redis forgets by itself. */
	@Override
	public void clean() {
	}

	@Override
	public void ping() {
		this.redis.execute((RedisCallback<String>) RedisConnection::ping);
	}

	private <T> T run(RedisScript<T> script, String key, byte[]... arguments) {
		T answer = this.redis.execute(script, RedisSerializer.byteArray(), anything(), List.of(PREFIX + key),
				(Object[]) arguments);
		if (answer == null) {
			throw new IllegalStateException("Redis has not answered a script");
		}
		return answer;
	}

	/** What is no text is no subject of a serializer: it is what the script says. */
	@SuppressWarnings("unchecked")
	private static <T> RedisSerializer<T> anything() {
		return (RedisSerializer<T>) RedisSerializer.byteArray();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(Object bytes) {
		return new String((byte[]) bytes, StandardCharsets.UTF_8);
	}

}
