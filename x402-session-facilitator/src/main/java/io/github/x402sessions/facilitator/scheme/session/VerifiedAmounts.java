package io.github.x402sessions.facilitator.scheme.session;

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
 * Amounts that verified payments keep from others for a moment, so that what was verified
 * under an identifier can be paid when its turn to settle comes. A hold is a courtesy
 * within this process: what a session may spend is guarded by the books alone. Whoever
 * knows a session can verify without ever paying, so a hold begins once for an
 * identifier, and where one runs out unpaid its session gets no new ones for a while:
 * nobody is kept out for longer than that. Thread-safe.
 */
final class VerifiedAmounts {

	private static final long SESSIONS = 100_000;

	/** How many times its duration a hold that ran out keeps its session from others. */
	private static final int PENALTY = 10;

	private final long duration;

	private final Ticker ticker;

	private final Cache<String, Held> bySession;

	VerifiedAmounts(Duration duration, Ticker ticker) {
		this.duration = duration.toNanos();
		this.ticker = ticker;
		this.bySession = Caffeine.newBuilder()
			.maximumSize(SESSIONS)
			.expireAfterWrite(duration.multipliedBy(PENALTY + 2))
			.ticker(ticker)
			.build();
	}

	/**
	 * Hold an amount, or go on holding it for as long as it was.
	 * @return whether the session had that much left besides what others hold
	 */
	boolean place(Session session, String paymentId, BigInteger amount) {
		if (this.duration == 0) {
			return true;
		}
		boolean[] placed = new boolean[1];
		this.bySession.asMap().compute(session.key(), (key, before) -> {
			Held held = now(before);
			placed[0] = held.byOthers(paymentId).add(amount).compareTo(session.remaining()) <= 0;
			if (placed[0] && !held.isSuspended(this.ticker.read())) {
				held.live()
					.merge(paymentId, new Hold(amount, this.ticker.read() + this.duration),
							(first, again) -> new Hold(amount, first.until()));
			}
			return held.isEmpty() ? null : held;
		});
		return placed[0];
	}

	/** Return what all others hold of a session, base units. */
	BigInteger heldByOthers(Session session, @Nullable String paymentId) {
		return now(this.bySession.getIfPresent(session.key())).byOthers(paymentId);
	}

	/** Give a hold up: the books take over, or nothing came of it. */
	void release(Session session, String paymentId) {
		this.bySession.asMap().computeIfPresent(session.key(), (key, before) -> {
			Held held = now(before);
			held.live().remove(paymentId);
			return held.isEmpty() ? null : held;
		});
	}

	/** What is left of the holds now, and what follows from those that ran out. */
	private Held now(@Nullable Held before) {
		if (before == null) {
			return new Held(new HashMap<>(), null);
		}
		long now = this.ticker.read();
		Map<String, Hold> live = new HashMap<>();
		Long until = before.suspendedUntil();
		long suspended = (until != null) ? Math.max(0, until - now) : 0;
		for (Map.Entry<String, Hold> hold : before.live().entrySet()) {
			long left = hold.getValue().until() - now;
			if (left > 0) {
				live.put(hold.getKey(), hold.getValue());
			}
			else {
				suspended = Math.max(suspended, left + PENALTY * this.duration);
			}
		}
		return new Held(live, (suspended > 0) ? now + suspended : null);
	}

	/**
	 * Amounts that are held of one session.
	 *
	 * @param live the holds by their identifiers
	 * @param suspendedUntil until when there are no new ones, by the ticker; absent if
	 * there may be
	 */
	private record Held(Map<String, Hold> live, @Nullable Long suspendedUntil) {

		BigInteger byOthers(@Nullable String paymentId) {
			return this.live.entrySet()
				.stream()
				.filter((hold) -> !hold.getKey().equals(paymentId))
				.map((hold) -> hold.getValue().amount())
				.reduce(BigInteger.ZERO, BigInteger::add);
		}

		boolean isSuspended(long now) {
			return this.suspendedUntil != null && this.suspendedUntil - now > 0;
		}

		boolean isEmpty() {
			return this.live.isEmpty() && this.suspendedUntil == null;
		}

	}

	private record Hold(BigInteger amount, long until) {
	}

}
