package io.github.x402sessions.facilitator.channel;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out channels, to whoever of this node waits longest; nodes that share a database
 * share the channels. A channel is free when nobody makes a transaction of it and none of
 * its is open: both stand in the database, so that no process can forget it. Thread-safe.
 */
public final class Channels {

	static final int SPENDER_SLOT = 0;

	private static final Logger logger = LoggerFactory.getLogger(Channels.class);

	/** Other nodes give channels back unheard. */
	private static final Duration LOOK = Duration.ofMillis(50);

	/** Of a node that serves anybody, one of its channels is used in this time. */
	private static final Duration UNUSED = Duration.ofMinutes(10);

	private final ChannelLeases leases;

	private final ChannelKeys keys;

	private final Duration term;

	private final int kept;

	/** Who waits for a channel has the turn of its use. */
	private final Map<ChannelUse, Semaphore> turns = Map.of(ChannelUse.CALL, new Semaphore(1, true), ChannelUse.LATER,
			new Semaphore(1, true));

	private final Semaphore freed = new Semaphore(0);

	/** The spender whose own account has its row. */
	private volatile @Nullable String opened;

	/**
	 * Create channels of which none is kept.
	 * @param leases where they are kept
	 * @param keys the channels' keys
	 * @param term how long a lease lasts at most, longer than a transaction may be in the
	 * making
	 */
	public Channels(ChannelLeases leases, ChannelKeys keys, Duration term) {
		this(leases, keys, term, 0);
	}

	/**
	 * Create the channels.
	 * @param leases where they are kept
	 * @param keys the channels' keys
	 * @param term how long a lease lasts at most, longer than a transaction may be in the
	 * making
	 * @param kept how many of them, the first ones, no call takes, and how many, the last
	 * ones, are for calls alone
	 */
	public Channels(ChannelLeases leases, ChannelKeys keys, Duration term, int kept) {
		this.leases = leases;
		this.keys = keys;
		this.term = term;
		this.kept = kept;
	}

	/**
	 * Let a channel be used, whose account exists.
	 * @param slot the channel's number, 0 for the spender itself
	 * @param address its account
	 */
	public void open(int slot, String address) {
		this.leases.open((slot == SPENDER_SLOT) ? this.keys.spender() : this.keys.owner(), slot, address);
	}

	/**
	 * Wait for a channel.
	 * @param use what for
	 * @param deadline how long
	 * @return the lease, or {@code null} if none was free in time
	 */
	public @Nullable ChannelLease lease(ChannelUse use, Duration deadline) {
		long end = System.nanoTime() + deadline.toNanos();
		Semaphore turn = turn((this.kept > 0) ? use : ChannelUse.CALL);
		try {
			if (!turn.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
				return null;
			}
			try {
				return await(use, end);
			}
			finally {
				turn.release();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	private Semaphore turn(ChannelUse use) {
		return Objects.requireNonNull(this.turns.get(use));
	}

	private @Nullable ChannelLease await(ChannelUse use, long end) throws InterruptedException {
		while (true) {
			this.freed.drainPermits();
			Optional<ChannelLease> lease = takeAny(use);
			if (lease.isPresent()) {
				return lease.get();
			}
			long left = end - System.nanoTime();
			if (left <= 0) {
				return null;
			}
			this.freed.tryAcquire(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
		}
	}

	private Optional<ChannelLease> takeAny(ChannelUse use) {
		if (!this.keys.hasChannels()) {
			return takeSpender();
		}
		int count = this.keys.slots().size();
		if (use == ChannelUse.CALL || this.kept == 0) {
			return take(this.kept + 1, count);
		}
		Optional<ChannelLease> own = take(1, this.kept);
		return (own.isPresent() || isCallWaiting()) ? own : take(this.kept + 1, count - this.kept);
	}

	/** Tell whether a call of this node waits for a channel. */
	boolean isCallWaiting() {
		return turn(ChannelUse.CALL).availablePermits() == 0;
	}

	/**
	 * Take the current spender's own account. Which one that is may have changed since it
	 * was opened.
	 * @return the lease, or empty if somebody else has it
	 */
	Optional<ChannelLease> takeSpender() {
		String spender = this.keys.spender();
		if (!spender.equals(this.opened)) {
			this.leases.open(spender, SPENDER_SLOT, spender);
			this.opened = spender;
		}
		return this.leases.take(spender, SPENDER_SLOT, SPENDER_SLOT, this.term);
	}

	private Optional<ChannelLease> take(int first, int last) {
		return this.leases.take(this.keys.owner(), first, last, this.term);
	}

	/**
	 * Give a channel back of which no transaction was written down.
	 * @param lease the lease
	 */
	public void giveBack(ChannelLease lease) {
		this.leases.giveBack(lease);
		freed();
	}

	/**
	 * Say whether a channel's account can pay for a transaction; as long as it cannot, it
	 * is not handed out.
	 * @param address the channel's account
	 * @param solvent whether it can
	 */
	public void setSolvent(String address, boolean solvent) {
		if (this.leases.setSolvent(address, solvent)) {
			logger.warn("Channel {} {}", address, solvent ? "can pay again" : "cannot pay, and is not used");
			freed();
		}
	}

	/**
	 * Let a channel be used no more, so that its account can be closed, unless a
	 * transaction of it is made now or its end is open: that is read from the account.
	 * @param address the channel's account
	 * @return whether nobody uses it
	 */
	boolean retire(String address) {
		return this.leases.retire(address);
	}

	/**
	 * Let a channel be used no more that nobody should be using, as {@link #retire}; one
	 * that is used all the same stays.
	 * @param address the channel's account
	 * @return whether nobody uses it
	 */
	boolean retireUnused(String address) {
		return this.leases.retireUnused(address, UNUSED);
	}

	/** Say that a channel may have become free. */
	public void freed() {
		this.freed.release();
	}

}
