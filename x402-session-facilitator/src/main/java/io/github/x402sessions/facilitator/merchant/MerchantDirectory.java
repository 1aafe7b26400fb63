package io.github.x402sessions.facilitator.merchant;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.QueryTimeoutException;

/**
 * All merchants, in memory: the store is asked every second whether any was changed, and
 * by nobody who calls, but for keys that are not known yet, a few in a second. So a
 * change made at another node is known within {@link #INTERVAL}, and none that is older
 * than {@link #BELIEVED} is unknown: whoever cannot read the store for so long lets
 * nobody in by these keys. A merchant that has the name or a recipient of a key of the
 * configuration is left out. Thread-safe.
 */
public final class MerchantDirectory implements ServerDirectory, AutoCloseable {

	/** How often the store is asked for changes. */
	static final Duration INTERVAL = Duration.ofSeconds(1);

	/**
	 * How long what was read is believed: some times as long as a round waits for a
	 * connection.
	 */
	static final Duration BELIEVED = Duration.ofSeconds(15);

	private static final Logger logger = LoggerFactory.getLogger(MerchantDirectory.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(1));

	private static final Duration BETWEEN_USES = Duration.ofMinutes(1);

	private static final int MOST_USES = 1_000;

	/** How long a key that is not known may be refused by what was read before. */
	private static final Duration FRESH = INTERVAL.multipliedBy(2);

	/** How long a caller waits for another one who reads. */
	private static final Duration PATIENCE = Duration.ofMillis(500);

	/** How long a failure to read is everybody's. */
	private static final Duration FAILED = Duration.ofSeconds(1);

	private static final int LOOKS_PER_MINUTE = 600;

	private static final int LOOKS_OF_ONE = 30;

	private static final int TRIES = 3;

	private final MerchantRepository merchants;

	private final ConfiguredServers configured;

	private final Clock clock;

	private final boolean on;

	private final Duration believed;

	private final PeriodicTask rounds = PeriodicTask.every("x402-merchants", INTERVAL, this::round);

	private final PeriodicTask writing = PeriodicTask.every("x402-merchant-keys", BETWEEN_USES, this::writeUses);

	private final ReentrantLock reading = new ReentrantLock();

	private final RateLimit looks = new RateLimit(LOOKS_PER_MINUTE);

	private final RateLimit looksOfOne = new RateLimit(LOOKS_OF_ONE);

	private final Cache<String, Boolean> unknown = Caffeine.newBuilder()
		.maximumSize(10_000)
		.expireAfterWrite(INTERVAL)
		.build();

	/** The keys that were used since that was written down. */
	private final Set<String> uses = ConcurrentHashMap.newKeySet();

	private volatile MerchantSnapshot snapshot = MerchantSnapshot.EMPTY;

	private volatile boolean known;

	/**
	 * When the store was asked last whose answer is known, by {@link System#nanoTime}.
	 */
	private volatile long read = System.nanoTime() - BELIEVED.toNanos() - 1;

	private volatile @Nullable Failure failure;

	/**
	 * Create it.
	 * @param merchants the store
	 * @param configured who is in the configuration
	 * @param clock the store's time
	 * @param on whether there are merchants here: if not, none is known and the store is
	 * asked for nothing
	 */
	MerchantDirectory(MerchantRepository merchants, ConfiguredServers configured, Clock clock, boolean on) {
		this(merchants, configured, clock, on, BELIEVED);
	}

	MerchantDirectory(MerchantRepository merchants, ConfiguredServers configured, Clock clock, boolean on,
			Duration believed) {
		this.believed = believed;
		this.merchants = merchants;
		this.configured = configured;
		this.clock = clock;
		this.on = on;
	}

	/** Begin. */
	void start() {
		if (this.on) {
			this.rounds.start(Duration.ZERO);
			this.writing.start(BETWEEN_USES);
		}
		else if (!this.merchants.all().isEmpty()) {
			logger
				.error("There are merchants in the database, but facilitator.access.merchants is not true: their keys,"
						+ " limits and pauses do not hold at this node");
		}
	}

	void round() {
		if (!this.on) {
			return;
		}
		this.reading.lock();
		try {
			readChanges();
		}
		catch (DataAccessException ex) {
			LOG.log("read", (skipped) -> logger.warn("Merchants cannot be read now ({} more since the last time): {}",
					skipped, ex.getMessage()));
		}
		finally {
			this.reading.unlock();
		}
	}

	/** Read what has changed, unless somebody has since, or has failed to. */
	private void read(long since) {
		requireNoFailure();
		if (!lock()) {
			throw failed(new QueryTimeoutException("the merchants are read for too long"));
		}
		try {
			if (this.read - since < 0) {
				requireNoFailure();
				readChanges();
			}
		}
		finally {
			this.reading.unlock();
		}
	}

	private boolean lock() {
		try {
			return this.reading.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private void requireNoFailure() {
		Failure last = this.failure;
		if (last != null && System.nanoTime() - last.at() < FAILED.toNanos()) {
			throw new DataAccessResourceFailureException("the merchants could not be read a moment ago", last.cause());
		}
	}

	private DataAccessException failed(RuntimeException cause) {
		this.failure = new Failure(System.nanoTime(), cause);
		return (cause instanceof DataAccessException failed) ? failed
				: new DataRetrievalFailureException("the merchants cannot be read", cause);
	}

	private void readChanges() {
		try {
			long asked = System.nanoTime();
			long version = this.merchants.version();
			for (int tries = 1; version != this.snapshot.version() && tries <= TRIES; tries++) {
				take(MerchantSnapshot.of(version, this.merchants.all(), this.merchants.usableKeys(), this.configured));
				version = this.merchants.version();
			}
			this.read = asked;
			this.known = true;
			this.failure = null;
		}
		catch (RuntimeException ex) {
			throw failed(ex);
		}
	}

	private void take(MerchantSnapshot now) {
		Map<String, String> before = this.snapshot.leftOut();
		now.leftOut().forEach((name, why) -> {
			if (!why.equals(before.get(name))) {
				logger.error(
						"The merchant '{}' is left out, with its keys and limits: {}. Take it out of one of the two.",
						name, why);
			}
		});
		this.snapshot = now;
	}

	/**
	 * Return the merchants as they were a moment ago.
	 * @throws DataAccessException if nobody has read them for too long, and they cannot
	 * be read now
	 */
	MerchantSnapshot current() {
		long now = System.nanoTime();
		if (this.on && !isBelieved(now)) {
			read(now);
		}
		return this.snapshot;
	}

	/**
	 * That there is none was no secret, and whoever was made since has no key here yet.
	 */
	private boolean isBelieved(long now) {
		return now - this.read <= this.believed.toNanos() || (this.known && this.snapshot.isEmpty());
	}

	/** Return the merchants as they were known last, whenever that was. */
	MerchantSnapshot latest() {
		return this.snapshot;
	}

	@Override
	public Optional<ApiKey> find(String secret, String caller) {
		if (!this.on || !IssuedKey.looksLikeOne(secret)) {
			return Optional.empty();
		}
		String hash = Sha256.hex(secret);
		try {
			return Optional.ofNullable(current().byHash().get(hash))
				.or(() -> look(hash, caller))
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

	/**
	 * A key may have been made a moment ago, at another node: who has not asked for many
	 * has the store asked, others are told what was read last.
	 */
	private Optional<MerchantKey> look(String hash, String caller) {
		if (this.unknown.getIfPresent(hash) != null) {
			return Optional.empty();
		}
		long now = System.nanoTime();
		if (this.looksOfOne.take(caller) && this.looks.take("")) {
			read(now);
			if (!this.snapshot.byHash().containsKey(hash)) {
				this.unknown.put(hash, true);
			}
		}
		else if (now - this.read > FRESH.toNanos()) {
			throw AccessDeniedException.unavailable(1);
		}
		return Optional.ofNullable(this.snapshot.byHash().get(hash));
	}

	private Optional<ApiKey> used(MerchantKey key) {
		Merchant merchant = this.snapshot.byId().get(key.merchant());
		if (merchant == null) {
			return Optional.empty();
		}
		this.uses.add(key.id());
		return Optional.of(new ApiKey(merchant.name(), key.hash(), merchant.terms().recipients()));
	}

	void writeUses() {
		List<String> some = this.uses.stream().limit(MOST_USES).toList();
		if (some.isEmpty()) {
			return;
		}
		this.uses.removeAll(some);
		try {
			this.merchants.used(some, this.clock.instant());
		}
		catch (DataAccessException ex) {
			this.uses.addAll(some);
			LOG.log("uses",
					(skipped) -> logger.warn(
							"When keys were used last cannot be written down ({} more since the last time): {}",
							skipped, ex.getMessage()));
		}
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

	/**
	 * Count the merchants of which nothing is done, because the configuration says
	 * otherwise.
	 * @return how many, as they were known last
	 */
	public long leftOut() {
		return this.snapshot.leftOut().size();
	}

	@Override
	public boolean has(String recipient) {
		return current().ofRecipient(recipient) != null;
	}

	@Override
	public boolean isPaused(String recipient) {
		Merchant merchant = current().ofRecipient(recipient);
		return merchant != null && (merchant.paused() || !merchant.terms().recipients().contains(recipient));
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
		this.writing.close();
		writeUses();
	}

	/**
	 * A failure to read.
	 *
	 * @param at when it was, by {@link System#nanoTime}
	 * @param cause why
	 */
	private record Failure(long at, RuntimeException cause) {
	}

}
