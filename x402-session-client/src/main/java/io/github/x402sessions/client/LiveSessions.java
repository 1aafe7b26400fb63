package io.github.x402sessions.client;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.client.approval.AllowanceNeed;
import io.github.x402sessions.client.opening.SessionNotClosedException;
import io.github.x402sessions.client.opening.steps.SessionPlan;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this process that share one allowance. An approval replaces the one
 * before it, so whoever makes one has to know of the others and to be alone. Kept for all
 * clients of the process, because the chain does not care whose client it was, and for as
 * long as one of the sessions, which hold it, or somebody who approves is there. Sessions
 * that nobody holds any more are forgotten. Thread-safe.
 */
final class LiveSessions {

	private static final Cache<Allowance, LiveSessions> SHARED = Caffeine.newBuilder().weakValues().build();

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<AllowanceHolder> sessions = Collections.newSetFromMap(new WeakHashMap<>());

	private LiveSessions() {
	}

	static LiveSessions of(SessionPlan plan, String spender) {
		return SHARED.get(new Allowance(plan.facilitator().toString(), plan.network().id(), plan.signer().accountId(),
				spender, plan.asset().id()), (unused) -> new LiveSessions());
	}

	/** Do something while nobody else approves. */
	<T> T alone(Supplier<T> work) {
		this.lock.lock();
		try {
			return work.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Do something while nobody else approves, if that is so soon.
	 * @throws SessionNotClosedException if it is not
	 */
	void aloneWithin(Duration timeout, Runnable work) {
		if (!lock(timeout)) {
			throw new SessionNotClosedException(
					"the allowance stands: another session of the same payer is being opened, which takes too long",
					null);
		}
		try {
			work.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean lock(Duration timeout) {
		try {
			return this.lock.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	synchronized void add(AllowanceHolder session) {
		this.sessions.add(session);
	}

	synchronized void remove(AllowanceHolder session) {
		this.sessions.remove(session);
	}

	/**
	 * What the others need, as far as the facilitator knows them.
	 * @param except one that does not count
	 */
	AllowanceNeed need(@Nullable AllowanceHolder except) {
		return others(except).stream().map(AllowanceHolder::need).reduce(AllowanceNeed.NOTHING, AllowanceNeed::and);
	}

	private synchronized List<AllowanceHolder> others(@Nullable AllowanceHolder except) {
		return this.sessions.stream().filter((session) -> session != except).toList();
	}

	/** The identity of an allowance. */
	private record Allowance(String facilitator, String network, String user, String spender, String asset) {
	}

}
