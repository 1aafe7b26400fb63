package io.github.x402sessions.client;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.x402sessions.client.opening.SessionNotClosedException;
import io.github.x402sessions.client.opening.SessionOpeningException;
import io.github.x402sessions.client.opening.UnregisteredApprovalException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one recipient's session in a wallet. Opens it in a thread of its own, one
 * at a time for all who wait for it. An approval of which no session came is tried to be
 * registered again, never followed by another one, and counts as long as it may stand:
 * for twice the time to its last ledger by the network's usual pace, as a ledger may take
 * longer. After a failure nothing is tried for a while. Thread-safe.
 */
final class WalletSlot {

	private static final Logger logger = LoggerFactory.getLogger(WalletSlot.class);

	private static final Duration PAUSE = Duration.ofSeconds(30);

	private final SessionClient client;

	private final Clock clock;

	private @Nullable Session session;

	private @Nullable CompletableFuture<Optional<Session>> opening;

	private @Nullable UnregisteredApprovalException unfinished;

	/** When the approval that is unfinished has ended for certain, if that is known. */
	private Instant standsUntil = Instant.MAX;

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
		return (this.opening != null || unfinished() != null) ? this.client.plan().cap() : BigInteger.ZERO;
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
		if (pending != null) {
			reckon(pending);
		}
		return opened(opened, pending);
	}

	/** Until the chain tells how far it is, an approve stands. */
	private void reckon(UnregisteredApprovalException pending) {
		if (isKnown(pending)) {
			return;
		}
		Instant end = pending.sent()
			.flatMap(this.client::standing)
			.map((left) -> this.clock.instant().plus(left.multipliedBy(2)))
			.orElse(Instant.MAX);
		synchronized (this) {
			this.standsUntil = end;
		}
	}

	/** Another approve has another end. */
	private synchronized boolean isKnown(UnregisteredApprovalException pending) {
		return this.unfinished != null && !this.standsUntil.equals(Instant.MAX)
				&& this.unfinished.approvalTransaction().equals(pending.approvalTransaction());
	}

	/** Whether a session is being opened. */
	synchronized boolean isOpening() {
		return this.opening != null;
	}

	private synchronized @Nullable UnregisteredApprovalException unfinished() {
		if (this.unfinished != null && !this.clock.instant().isBefore(this.standsUntil)) {
			this.unfinished = null;
		}
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
	 * @param timeout how long to wait for what opens it
	 * @throws SessionNotClosedException if an allowance stands, or perhaps stands
	 */
	void close(Duration timeout) {
		try {
			await(stopOpening(), timeout);
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

	private static void await(CompletableFuture<?> opening, Duration timeout) {
		try {
			opening.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			throw new SessionNotClosedException("a session is being opened, which takes too long to wait for", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SessionNotClosedException("interrupted while a session is being opened", ex);
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
