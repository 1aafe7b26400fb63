package io.github.x402sessions.client;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one recipient's session in a wallet. Opens it in a thread of its own, one
 * at a time for all who wait for it. An approve of which no session came is tried to be
 * registered again, never followed by another one, and counts as long as it may stand.
 * After a failure nothing is tried for a while. Thread-safe.
 */
final class WalletSlot {

	private static final Logger logger = LoggerFactory.getLogger(WalletSlot.class);

	private static final Duration PAUSE = Duration.ofSeconds(30);

	private final SessionClient client;

	private final Clock clock;

	private @Nullable Session session;

	private @Nullable CompletableFuture<Optional<Session>> opening;

	private @Nullable UnregisteredApprovalException unfinished;

	private Instant notBefore = Instant.MIN;

	private boolean closing;

	WalletSlot(SessionClient client) {
		this.client = client;
		this.clock = client.plan().payments().clock();
	}

	/** What it takes of the wallet's total, base units. */
	synchronized BigInteger committed() {
		if (this.session != null) {
			return this.session.cap();
		}
		return (this.opening != null || this.unfinished != null) ? this.client.plan().cap() : BigInteger.ZERO;
	}

	/** The session, if it is open. */
	synchronized Optional<Session> open() {
		return Optional.ofNullable(this.session);
	}

	/** Take up a session that was saved. */
	synchronized void restore(SavedSession saved) {
		this.session = this.client.restore(saved);
	}

	/**
	 * Return the session as soon as there is one, or empty if it cannot be opened now.
	 */
	CompletableFuture<Optional<Session>> session() {
		CompletableFuture<Optional<Session>> started;
		synchronized (this) {
			if (this.opening != null) {
				return this.opening;
			}
			if (this.closing) {
				return CompletableFuture.completedFuture(Optional.empty());
			}
			if (this.session != null || this.clock.instant().isBefore(this.notBefore)) {
				return CompletableFuture.completedFuture(open());
			}
			started = new CompletableFuture<>();
			this.opening = started;
		}
		try {
			Thread thread = new Thread(() -> open(started), "x402-session-opening");
			thread.setDaemon(true);
			thread.start();
		}
		catch (Throwable ex) {
			fail(started, ex);
		}
		return started;
	}

	private void open(CompletableFuture<Optional<Session>> started) {
		try {
			started.complete(tryToOpen());
		}
		catch (Throwable ex) {
			fail(started, ex);
		}
	}

	/** Whatever happened, nobody waits for ever. */
	private void fail(CompletableFuture<Optional<Session>> started, Throwable failure) {
		started.complete(opened(null, unfinished()));
		logger.error("A session could not be opened", failure);
	}

	private Optional<Session> tryToOpen() {
		Session opened = null;
		UnregisteredApprovalException pending = unfinished();
		try {
			opened = (pending != null) ? this.client.register(pending) : this.client.open();
			pending = null;
		}
		catch (UnregisteredApprovalException ex) {
			pending = (pending == null || ex.sent().isPresent()) ? ex : pending;
			logger.warn("A session could not be opened: {}", ex.getMessage());
		}
		catch (SessionOpeningException ex) {
			pending = null;
			logger.warn("A session could not be opened: {}", ex.getMessage());
		}
		catch (RuntimeException ex) {
			logger.warn("A session could not be opened", ex);
		}
		return opened(opened, pending);
	}

	private synchronized @Nullable UnregisteredApprovalException unfinished() {
		return this.unfinished;
	}

	private synchronized Optional<Session> opened(@Nullable Session opened,
			@Nullable UnregisteredApprovalException pending) {
		this.session = opened;
		this.unfinished = pending;
		this.opening = null;
		this.notBefore = (opened != null) ? Instant.MIN : this.clock.instant().plus(PAUSE);
		return open();
	}

	/**
	 * Close the session, after what opens it has ended, and take the allowance back. Not
	 * for two threads at a time.
	 * @throws SessionNotClosedException if an allowance stands, or perhaps stands
	 */
	void close() {
		stopOpening().join();
		try {
			Optional<Session> last = (unfinished() != null) ? tryToOpen() : open();
			UnregisteredApprovalException pending = unfinished();
			if (pending != null) {
				throw new SessionNotClosedException(
						"an allowance stands of which no session came: " + pending.getMessage(), pending);
			}
			last.ifPresent(Session::close);
			opened(null, null);
		}
		finally {
			startOpening();
		}
	}

	/** Open nothing more, and return what is under way. */
	private synchronized CompletableFuture<Optional<Session>> stopOpening() {
		this.closing = true;
		return (this.opening != null) ? this.opening : CompletableFuture.completedFuture(open());
	}

	private synchronized void startOpening() {
		this.closing = false;
		this.notBefore = Instant.MIN;
	}

}
