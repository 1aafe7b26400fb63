package io.github.x402sessions.facilitator.channel;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

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

	private final JdbcClient jdbc;

	private final Dialect dialect;

	private final Clock clock;

	private final ChannelKeys keys;

	private final Duration term;

	private final Semaphore turn = new Semaphore(1, true);

	private final Semaphore freed = new Semaphore(0);

	/**
	 * Create the channels.
	 * @param jdbc the database
	 * @param dialect its dialect
	 * @param clock the time, about the same on every node
	 * @param keys the channels' keys
	 * @param term how long a lease lasts at most, longer than a transaction may be in the
	 * making
	 */
	public Channels(JdbcClient jdbc, Dialect dialect, Clock clock, ChannelKeys keys, Duration term) {
		this.jdbc = jdbc;
		this.dialect = dialect;
		this.clock = clock;
		this.keys = keys;
		this.term = term;
	}

	/**
	 * Let a channel be used, whose account exists.
	 * @param slot the channel's number, 0 for the spender itself
	 * @param address its account
	 */
	public void open(int slot, String address) {
		this.jdbc.sql(
				"insert into channel (address, spender, slot) values (:address, :spender, :slot) on conflict do nothing")
			.param("address", address)
			.param("spender", this.keys.spender())
			.param("slot", slot)
			.update();
	}

	/**
	 * Wait for a channel.
	 * @param deadline how long
	 * @return the lease, or {@code null} if none was free in time
	 */
	public @Nullable ChannelLease lease(Duration deadline) {
		long end = System.nanoTime() + deadline.toNanos();
		try {
			if (!this.turn.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
				return null;
			}
			try {
				return await(end);
			}
			finally {
				this.turn.release();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	private @Nullable ChannelLease await(long end) throws InterruptedException {
		while (true) {
			this.freed.drainPermits();
			Optional<ChannelLease> lease = takeAny();
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

	private Optional<ChannelLease> takeAny() {
		return this.keys.hasChannels() ? take(1, this.keys.slots().size()) : take(SPENDER_SLOT, SPENDER_SLOT);
	}

	/**
	 * Take the spender's own account, where it is not a source of settlements anyway.
	 * @return the lease, or empty if somebody else has it
	 */
	Optional<ChannelLease> takeSpender() {
		open(SPENDER_SLOT, this.keys.spender());
		return take(SPENDER_SLOT, SPENDER_SLOT);
	}

	private Optional<ChannelLease> take(int first, int last) {
		return this.jdbc
			.sql("""
					update channel set lease = :lease, leased_until = :until, last_used = :now
					where address = (select c.address from channel c
					where c.spender = :spender and c.slot between :first and :last and c.leased_until < :now
					and c.solvent and not exists (select 1 from chain_transaction t where t.source = c.address and t.status = 'OPEN')
					order by c.last_used, c.slot limit 1%s) and leased_until < :now
					returning lease, address, sequence"""
				.formatted(this.dialect.taken("c")))
			.param("lease", UUID.randomUUID().toString())
			.param("until", this.clock.millis() + this.term.toMillis())
			.param("now", this.clock.millis())
			.param("spender", this.keys.spender())
			.param("first", first)
			.param("last", last)
			.query((row, number) -> new ChannelLease(row.getString("lease"), row.getString("address"),
					(row.getObject("sequence") instanceof Number sequence) ? sequence.longValue() : null))
			.optional();
	}

	/**
	 * Give a channel back of which no transaction was written down.
	 * @param lease the lease
	 */
	public void giveBack(ChannelLease lease) {
		this.jdbc.sql("update channel set lease = null, leased_until = 0 where address = :address and lease = :lease")
			.param("address", lease.address())
			.param("lease", lease.id())
			.update();
		freed();
	}

	/**
	 * Say whether a channel's account can pay for a transaction; as long as it cannot, it
	 * is not handed out.
	 * @param address the channel's account
	 * @param solvent whether it can
	 */
	public void setSolvent(String address, boolean solvent) {
		int changed = this.jdbc
			.sql("update channel set solvent = :solvent where address = :address and solvent <> :solvent")
			.param("solvent", solvent)
			.param("address", address)
			.update();
		if (changed > 0) {
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
		this.jdbc.sql("""
				delete from channel where address = :address and leased_until < :now and not exists
				(select 1 from chain_transaction t where t.source = address and t.status in ('OPEN', 'OVER'))""")
			.param("address", address)
			.param("now", this.clock.millis())
			.update();
		return this.jdbc.sql("select count(*) from channel where address = :address")
			.param("address", address)
			.query(Integer.class)
			.single() == 0;
	}

	/** Say that a channel may have become free. */
	public void freed() {
		this.freed.release();
	}

}
