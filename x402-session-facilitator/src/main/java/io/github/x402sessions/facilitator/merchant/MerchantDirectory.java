package io.github.x402sessions.facilitator.merchant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.facilitator.access.AccessDeniedException;
import io.github.x402sessions.facilitator.access.ApiKey;
import io.github.x402sessions.facilitator.access.RateLimit;
import io.github.x402sessions.facilitator.access.ServerDirectory;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * All merchants, in memory: the store is asked every second whether any was changed, and
 * by nobody who calls, but for keys that are not known yet, a few in a second. So a
 * change made at another node is known within {@link #INTERVAL}, and none that is older
 * than {@link #BELIEVED} is unknown: whoever cannot read the store for so long lets
 * nobody in by these keys. Thread-safe.
 */
public final class MerchantDirectory implements ServerDirectory, AutoCloseable {

	/** How often the store is asked for changes. */
	static final Duration INTERVAL = Duration.ofSeconds(1);

	/** How long what was read is believed. */
	static final Duration BELIEVED = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger(MerchantDirectory.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(1));

	private static final Duration BETWEEN_USES = Duration.ofMinutes(1);

	private static final int LOOKS_PER_MINUTE = 600;

	private static final int TRIES = 3;

	private final MerchantRepository merchants;

	private final Clock clock;

	private final PeriodicTask rounds = PeriodicTask.every("x402-merchants", INTERVAL, this::round);

	private final ReentrantLock reading = new ReentrantLock();

	private final RateLimit looks = new RateLimit(LOOKS_PER_MINUTE);

	private final Cache<String, Boolean> unknown = Caffeine.newBuilder()
		.maximumSize(10_000)
		.expireAfterWrite(INTERVAL)
		.build();

	/** When keys were used that is to be written down. */
	private final Map<String, Instant> uses = new ConcurrentHashMap<>();

	/** When that was written down last. */
	private final Cache<String, Instant> written = Caffeine.newBuilder()
		.maximumSize(100_000)
		.expireAfterWrite(BETWEEN_USES)
		.build();

	private volatile MerchantSnapshot snapshot = MerchantSnapshot.EMPTY;

	/**
	 * When the store was asked last whose answer is known, by {@link System#nanoTime}.
	 */
	private volatile long read = System.nanoTime() - BELIEVED.toNanos() - 1;

	/**
	 * Create it.
	 * @param merchants the store
	 * @param clock the store's time
	 */
	MerchantDirectory(MerchantRepository merchants, Clock clock) {
		this.merchants = merchants;
		this.clock = clock;
	}

	/** Begin. */
	void start() {
		this.rounds.start(Duration.ZERO);
	}

	void round() {
		try {
			read(System.nanoTime());
			writeUses();
		}
		catch (DataAccessException ex) {
			LOG.log("read", (skipped) -> logger.warn(
					"Merchants cannot be read or their keys' uses written now ({} more since the last time): {}",
					skipped, ex.getMessage()));
		}
	}

	/** Read what has changed, unless somebody has since. */
	private void read(long since) {
		this.reading.lock();
		try {
			if (this.read - since >= 0) {
				return;
			}
			long asked = System.nanoTime();
			long version = this.merchants.version();
			for (int tries = 1; version != this.snapshot.version() && tries <= TRIES; tries++) {
				this.snapshot = MerchantSnapshot.of(version, this.merchants.all(), this.merchants.unrevoked());
				version = this.merchants.version();
			}
			this.read = asked;
		}
		finally {
			this.reading.unlock();
		}
	}

	/**
	 * Return the merchants as they were a moment ago.
	 * @throws DataAccessException if nobody has read them for too long, and they cannot
	 * be read now
	 */
	MerchantSnapshot current() {
		long now = System.nanoTime();
		if (now - this.read > BELIEVED.toNanos()) {
			read(now);
		}
		return this.snapshot;
	}

	/** Return the merchants as they were known last, whenever that was. */
	MerchantSnapshot latest() {
		return this.snapshot;
	}

	@Override
	public Optional<ApiKey> find(String secret) {
		if (!IssuedKey.looksLikeOne(secret)) {
			return Optional.empty();
		}
		String hash = Sha256.hex(secret);
		try {
			return Optional.ofNullable(current().byHash().get(hash))
				.or(() -> look(hash))
				.filter((key) -> key.isUsable(this.clock.instant()))
				.flatMap(this::used);
		}
		catch (DataAccessException ex) {
			LOG.log("find",
					(skipped) -> logger.warn("It cannot be found out whose a key is ({} more since the last time): {}",
							skipped, ex.getMessage()));
			throw AccessDeniedException.unavailable(1);
		}
	}

	/** A key may have been made a moment ago, at another node. */
	private Optional<MerchantKey> look(String hash) {
		if (this.unknown.getIfPresent(hash) != null) {
			return Optional.empty();
		}
		if (!this.looks.take("")) {
			throw AccessDeniedException.unavailable(1);
		}
		read(System.nanoTime());
		@Nullable MerchantKey found = this.snapshot.byHash().get(hash);
		if (found == null) {
			this.unknown.put(hash, true);
		}
		return Optional.ofNullable(found);
	}

	private Optional<ApiKey> used(MerchantKey key) {
		Merchant merchant = this.snapshot.byId().get(key.merchant());
		if (merchant == null) {
			return Optional.empty();
		}
		if (this.written.getIfPresent(key.id()) == null) {
			this.uses.put(key.id(), this.clock.instant());
		}
		return Optional.of(new ApiKey(merchant.name(), key.hash(), merchant.terms().recipients()));
	}

	private void writeUses() {
		this.uses.forEach((id, at) -> {
			this.merchants.used(id, at);
			this.written.put(id, at);
			this.uses.remove(id, at);
		});
	}

	/**
	 * Return the name of the merchant that a recipient is of.
	 * @param recipient the address
	 * @return the name, as it was known last; empty if it is none's
	 */
	public Optional<String> name(String recipient) {
		return Optional.ofNullable(this.snapshot.ofRecipient(recipient)).map(Merchant::name);
	}

	/**
	 * Count the merchants.
	 * @param paused whether to count those that are paused, or the others
	 * @return how many, as they were known last
	 */
	public long count(boolean paused) {
		return this.snapshot.byId().values().stream().filter((merchant) -> merchant.paused() == paused).count();
	}

	@Override
	public boolean has(String recipient) {
		return current().ofRecipient(recipient) != null;
	}

	@Override
	public boolean isPaused(String recipient) {
		Merchant merchant = current().ofRecipient(recipient);
		return merchant != null && merchant.paused();
	}

	@Override
	public Set<String> recipientsBeside(String recipient) {
		Merchant merchant = this.snapshot.ofRecipient(recipient);
		return (merchant != null) ? merchant.terms().recipients() : Set.of(recipient);
	}

	/** When keys were used last is written down, if it can be. */
	@Override
	public void close() {
		this.rounds.close();
		try {
			writeUses();
		}
		catch (DataAccessException ex) {
			logger.warn("When keys were used last cannot be written down: {}", ex.getMessage());
		}
	}

}
