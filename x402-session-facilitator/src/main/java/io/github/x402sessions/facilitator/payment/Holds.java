package io.github.x402sessions.facilitator.payment;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.x402sessions.facilitator.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * What verified payments keep others from taking for a moment, so that what was verified
 * under an identifier can be paid when its turn to settle comes. A hold is a courtesy
 * within this process: what a session may spend is guarded by the books alone.
 * Thread-safe.
 */
final class Holds {

	private static final long SESSIONS = 100_000;

	private final Duration duration;

	private final Ticker ticker;

	private final Cache<String, Map<String, Hold>> bySession;

	Holds(Duration duration, Ticker ticker) {
		this.duration = duration;
		this.ticker = ticker;
		this.bySession = Caffeine.newBuilder().maximumSize(SESSIONS).expireAfterWrite(duration).ticker(ticker).build();
	}

	/**
	 * Hold an amount, or go on holding it.
	 * @return whether the session had that much left besides what others hold
	 */
	boolean place(Session session, String paymentId, BigInteger amount) {
		if (this.duration.isZero()) {
			return true;
		}
		boolean[] placed = new boolean[1];
		this.bySession.asMap().compute(session.key(), (key, held) -> {
			Map<String, Hold> live = live(held);
			live.remove(paymentId);
			placed[0] = sum(live).add(amount).compareTo(session.remaining()) <= 0;
			if (placed[0]) {
				live.put(paymentId, new Hold(amount, this.ticker.read() + this.duration.toNanos()));
			}
			return live.isEmpty() ? null : live;
		});
		return placed[0];
	}

	/** Return what all others hold of a session, base units. */
	BigInteger heldByOthers(Session session, @Nullable String paymentId) {
		Map<String, Hold> others = live(this.bySession.getIfPresent(session.key()));
		others.remove((paymentId != null) ? paymentId : "");
		return sum(others);
	}

	/** Give a hold up: the books take over, or nothing came of it. */
	void release(Session session, String paymentId) {
		this.bySession.asMap().computeIfPresent(session.key(), (key, held) -> {
			Map<String, Hold> live = live(held);
			live.remove(paymentId);
			return live.isEmpty() ? null : live;
		});
	}

	private Map<String, Hold> live(@Nullable Map<String, Hold> held) {
		Map<String, Hold> live = new HashMap<>();
		if (held != null) {
			held.forEach((id, hold) -> {
				if (hold.until() - this.ticker.read() > 0) {
					live.put(id, hold);
				}
			});
		}
		return live;
	}

	private static BigInteger sum(Map<String, Hold> holds) {
		return holds.values().stream().map(Hold::amount).reduce(BigInteger.ZERO, BigInteger::add);
	}

	private record Hold(BigInteger amount, long until) {
	}

}
