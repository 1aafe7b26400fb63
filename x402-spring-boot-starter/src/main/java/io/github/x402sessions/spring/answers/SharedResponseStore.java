package io.github.x402sessions.spring.answers;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.x402sessions.core.purchase.AnswersUnavailableException;
import io.github.x402sessions.core.purchase.Purchase;
import io.github.x402sessions.core.purchase.PurchaseClaim;
import io.github.x402sessions.core.purchase.PurchaseLease;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.core.purchase.UnreadableAnswerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that instances share. A claim is a lease that is renewed for as long as this
 * instance lives, however long the request is handled. How a purchase ended is kept here
 * where the backend does not take it, and told again until it does. Thread-safe.
 */
final class SharedResponseStore implements ResponseStore, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SharedResponseStore.class);

	private final AnswerBackend backend;

	private final AnswerFormat format;

	private final Duration timeout;

	private final BoundedCalls calls = new BoundedCalls();

	private final AnswerFigures figures = new AnswerFigures();

	private final HeldLeases leases;

	private volatile boolean failing;

	/**
	 * Create a store, which begins to renew leases.
	 * @param backend where answers are
	 * @param format how
	 * @param timeout how long a request waits for the backend at a time
	 * @param lease how long a lease lasts that is not renewed
	 * @param retention how long what is known is kept
	 * @param maxWaiting how much may be kept here for a backend that does not take it,
	 * bytes
	 */
	SharedResponseStore(AnswerBackend backend, AnswerFormat format, Duration timeout, Duration lease,
			Duration retention, long maxWaiting) {
		this.backend = backend;
		this.format = format;
		this.timeout = timeout;
		this.leases = new HeldLeases(backend, this::background, this.figures, lease, retention, maxWaiting);
	}

	/** Connect, so that the first request does not wait for it. */
	void open() {
		this.leases.soon(() -> background(() -> {
			this.backend.ping();
			return true;
		}));
	}

	@Override
	public PurchaseClaim claim(String key, String request) {
		AnswerBackend.Lease lease = new AnswerBackend.Lease(key, UUID.randomUUID().toString());
		try {
			AnswerBackend.Found found = find(lease, request);
			PurchaseClaim claim = found.claimed() ? won(lease, found) : lost(key, found);
			this.figures.claimed(claim);
			return claim;
		}
		catch (UnreadableAnswerException ex) {
			this.figures.failed();
			logger.error("A repeated request is refused: {}", ex.getMessage());
			throw ex;
		}
	}

	private AnswerBackend.Found find(AnswerBackend.Lease lease, String request) {
		try {
			return call(() -> this.backend.claim(lease.key(), request, lease.token()));
		}
		catch (AnswersUnavailableException | UnreadableAnswerException ex) {
			this.leases.giveBackLater(lease);
			throw ex;
		}
	}

	@SuppressWarnings("NullAway") // it does not see in a compiled record that nothing may
									// be owed
	private PurchaseClaim won(AnswerBackend.Lease lease, AnswerBackend.Found found) {
		Purchase before = (found.entry() != null) ? readOwed(lease, found.entry()) : null;
		this.leases.hold(lease);
		return new PurchaseClaim.Won(new Held(lease), (before instanceof Purchase.Owed owed) ? owed : null);
	}

	private Purchase readOwed(AnswerBackend.Lease lease, AnswerEntry entry) {
		try {
			return this.format.read(lease.key(), entry);
		}
		catch (UnreadableAnswerException ex) {
			this.leases.giveBackLater(lease);
			throw ex;
		}
	}

	private PurchaseClaim lost(String key, AnswerBackend.Found found) {
		if (found.running() != null) {
			return new PurchaseClaim.Lost(new Purchase.Running(found.running()));
		}
		if (found.entry() == null) {
			throw new IllegalStateException("a claim was lost to nobody");
		}
		return new PurchaseClaim.Lost(this.format.read(key, found.entry()));
	}

	/**
	 * Ask the backend for a sign of life.
	 * @throws AnswersUnavailableException if it gives none in time
	 */
	void ping() {
		call(() -> {
			this.backend.ping();
			return true;
		});
	}

	AnswerFigures figures() {
		return this.figures;
	}

	/** Leases end by themselves then. */
	@Override
	public void close() {
		this.leases.close();
		this.calls.close();
	}

	private <T> T call(Supplier<T> call) {
		return call(this.timeout, call);
	}

	/** What nobody waits for may take longer. */
	private <T> T background(Supplier<T> call) {
		return call(this.timeout.multipliedBy(HeldLeases.PATIENCE), call);
	}

	private <T> T call(Duration limit, Supplier<T> call) {
		long begin = System.nanoTime();
		try {
			T answer = this.calls.make(limit, call);
			this.figures.answered(System.nanoTime() - begin);
			if (this.failing) {
				this.failing = false;
				logger.info("The store of answers is back");
				this.leases.soon();
			}
			return answer;
		}
		catch (TimeoutException ex) {
			throw unavailable(ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			if (ex.getCause() instanceof UnreadableAnswerException unreadable) {
				throw unreadable;
			}
			throw unavailable(ex.getCause());
		}
	}

	/** Told when it begins: each request would tell it again. */
	private AnswersUnavailableException unavailable(@Nullable Throwable cause) {
		this.figures.failed();
		if (!this.failing) {
			this.failing = true;
			logger.error("The store of answers does not answer", cause);
		}
		return new AnswersUnavailableException("the store of answers does not answer", cause);
	}

	/** A lease of this instance's. */
	private final class Held implements PurchaseLease {

		private final AnswerBackend.Lease lease;

		Held(AnswerBackend.Lease lease) {
			this.lease = lease;
		}

		@Override
		public boolean note(Purchase otherwise) {
			AnswerEntry entry = entry(otherwise);
			return call(() -> SharedResponseStore.this.backend.note(this.lease.key(), this.lease.token(), entry));
		}

		@Override
		public boolean conclude(Purchase end) {
			SharedResponseStore store = SharedResponseStore.this;
			AnswerEntry entry = entry(end);
			try {
				boolean kept = call(() -> store.backend.conclude(this.lease.key(), this.lease.token(), entry));
				store.leases.letGo(this.lease);
				return kept;
			}
			catch (AnswersUnavailableException ex) {
				if (!store.leases.keepFor(this.lease, entry)) {
					store.leases.letGo(this.lease);
				}
				throw ex;
			}
		}

		/** Nobody waits for one that was away a moment ago. */
		@Override
		public void release() {
			SharedResponseStore store = SharedResponseStore.this;
			store.leases.letGo(this.lease);
			if (store.failing) {
				store.leases.releaseLater(this.lease);
				return;
			}
			try {
				call(() -> {
					store.backend.release(this.lease.key(), this.lease.token());
					return true;
				});
			}
			catch (AnswersUnavailableException ex) {
				store.leases.releaseLater(this.lease);
				throw ex;
			}
		}

		private AnswerEntry entry(Purchase purchase) {
			return SharedResponseStore.this.format.write(this.lease.key(), purchase);
		}

	}

}
