package io.github.x402sessions.core.purchase;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * Keeps purchases in memory, bounded by their age and size.
 */
final class CaffeineResponseStore implements ResponseStore {

	/** What an entry takes besides its answer: key, hashes and the cache's own. */
	private static final int OVERHEAD = 512;

	private final Duration retention;

	private final long maxBytes;

	private @Nullable volatile Cache<String, Purchase> purchases;

	CaffeineResponseStore(Duration retention, long maxBytes) {
		if (retention.isZero() || retention.isNegative()) {
			throw new IllegalArgumentException("retention must be positive");
		}
		if (maxBytes < 1) {
			throw new IllegalArgumentException("maxBytes must be positive");
		}
		this.retention = retention;
		this.maxBytes = maxBytes;
	}

	/** Built with the first purchase: the classes it takes are no business of a start. */
	private Cache<String, Purchase> purchases() {
		Cache<String, Purchase> known = this.purchases;
		return (known != null) ? known : build();
	}

	private synchronized Cache<String, Purchase> build() {
		Cache<String, Purchase> known = this.purchases;
		if (known == null) {
			known = Caffeine.newBuilder()
				.expireAfterWrite(this.retention)
				.maximumWeight(this.maxBytes)
				.weigher((String key, Purchase purchase) -> weight(purchase))
				.build();
			this.purchases = known;
		}
		return known;
	}

	private static int weight(Purchase purchase) {
		return OVERHEAD
				+ purchase.fold((running) -> 0, (owed) -> 0, (answered) -> answered.response().size(), (spent) -> 0);
	}

	@Override
	public @Nullable Purchase claim(String key, String request) {
		Purchase present = purchases().getIfPresent(key);
		if (!isFree(present, request)) {
			return present;
		}
		AtomicReference<@Nullable Purchase> before = new AtomicReference<>();
		purchases().asMap().compute(key, (same, known) -> {
			before.set(known);
			return (known == null || isFree(known, request)) ? new Purchase.Running(request) : known;
		});
		return before.get();
	}

	private static boolean isFree(@Nullable Purchase known, String request) {
		return known == null || (known instanceof Purchase.Owed && known.request().equals(request));
	}

	@Override
	public void put(String key, Purchase purchase) {
		purchases().put(key, purchase);
	}

	@Override
	public void remove(String key) {
		purchases().invalidate(key);
	}

}
