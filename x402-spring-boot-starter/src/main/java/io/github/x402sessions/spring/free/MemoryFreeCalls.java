package io.github.x402sessions.spring.free;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts free calls in the memory of this instance. A day has so many callers and no
 * more, for to forget one of them would give him all his calls again. Thread-safe.
 */
final class MemoryFreeCalls implements FreeCallCounter {

	/** The most counts that are kept, some 200 bytes each. */
	static final int MAX_COUNTS = 100_000;

	private final AtomicReference<Day> today = new AtomicReference<>(new Day(Instant.MIN));

	@Override
	public boolean take(String key, int limit, Instant end) {
		Day day = this.today.updateAndGet((last) -> end.isAfter(last.end()) ? new Day(end) : last);
		return end.equals(day.end()) && day.take(key, limit);
	}

	@Override
	public void giveBack(String key, Instant end) {
		Day day = this.today.get();
		if (end.equals(day.end())) {
			day.counts().computeIfPresent(key, (same, used) -> (used > 1) ? used - 1 : null);
		}
	}

	@Override
	public String place() {
		return "the memory of this instance: a restart begins anew, and each instance has its own count";
	}

	/**
	 * The calls that were taken in a day.
	 *
	 * @param end when it is over
	 * @param counts how much by key
	 */
	private record Day(Instant end, Map<String, Integer> counts) {

		Day(Instant end) {
			this(end, new ConcurrentHashMap<>());
		}

		boolean take(String key, int limit) {
			if (this.counts.size() >= MAX_COUNTS && !this.counts.containsKey(key)) {
				return false;
			}
			boolean[] taken = new boolean[1];
			this.counts.compute(key, (same, used) -> {
				int before = (used != null) ? used : 0;
				taken[0] = before < limit;
				return taken[0] ? Integer.valueOf(before + 1) : used;
			});
			return taken[0];
		}

	}

}
