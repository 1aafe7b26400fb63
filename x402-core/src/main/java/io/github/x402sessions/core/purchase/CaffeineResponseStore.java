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
	public PurchaseClaim claim(String key, String request) {
		Purchase present = purchases().getIfPresent(key);
		if (present != null && !isOwed(present, request)) {
			return new PurchaseClaim.Lost(present);
		}
		Purchase.Running own = new Purchase.Running(request);
		AtomicReference<@Nullable Purchase> before = new AtomicReference<>();
		purchases().asMap().compute(key, (same, known) -> {
			before.set(known);
			return (known == null || isOwed(known, request)) ? own : known;
		});
		Purchase known = before.get();
		if (known == null) {
			return new PurchaseClaim.Won(new Lease(key, own), null);
		}
		return (known instanceof Purchase.Owed owed && isOwed(owed, request))
				? new PurchaseClaim.Won(new Lease(key, own), owed) : new PurchaseClaim.Lost(known);
	}

	private static boolean isOwed(Purchase known, String request) {
		return known instanceof Purchase.Owed && known.request().equals(request);
	}

	/** It is lost where too much was kept since, and another request has come. */
	@SuppressWarnings("ReferenceEquality") // another's may be equal
	private final class Lease implements PurchaseLease {

		private final String key;

		private final Purchase.Running own;

		private volatile Purchase last;

		Lease(String key, Purchase.Running own) {
			this.key = key;
			this.own = own;
			this.last = own;
		}

		/** Nobody outlives this process. */
		@Override
		public boolean note(Purchase otherwise) {
			return replace(this.own);
		}

		@Override
		public boolean conclude(Purchase end) {
			return replace(end);
		}

		@Override
		public void release() {
			purchases().asMap().computeIfPresent(this.key, (same, known) -> (known == this.own) ? null : known);
		}

		private boolean replace(Purchase next) {
			Purchase kept = purchases().asMap()
				.compute(this.key, (same, known) -> (known == null || isOwn(known)) ? next : known);
			if (kept != next) {
				return false;
			}
			this.last = next;
			return true;
		}

		private boolean isOwn(Purchase known) {
			return known == this.own || known == this.last;
		}

	}

}
