package io.github.x402sessions.facilitator.chain;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.SpenderParties;
import io.github.x402sessions.stellar.transfer.TransferReadiness;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.jspecify.annotations.Nullable;

/**
 * Readiness of payers and recipients, not asked for with every payment: each pair is read
 * at most once in a ledger, and all pairs that are waited for together in one call. Who
 * can do with a reading of the last ledgers does not wait for the next one. Thread-safe.
 */
public final class TransferReadinessCache {

	private static final long REMEMBERED = 100_000;

	/** How many ledgers a recent reading is behind at most. */
	public static final long MOST_BEHIND = 2;

	private static final int READERS = 2;

	private static final Duration KEPT = Duration.ofMinutes(2);

	private static final Duration FAILURE_KEPT = Duration.ofSeconds(1);

	private final TransferReadinessReader reader;

	private final LedgerClock ledgers;

	private final Cache<SpenderParties, Reading> known = Caffeine.newBuilder()
		.maximumSize(REMEMBERED)
		.expireAfterWrite(KEPT)
		.build();

	/** Those that are being read or will be, so that whoever comes now shares that. */
	private final Map<SpenderParties, Asked> waiting = new ConcurrentHashMap<>();

	private final Queue<Asked> queue = new ConcurrentLinkedQueue<>();

	private final Executor readers = readers();

	private volatile @Nullable Failure lastFailure;

	/**
	 * Create it.
	 * @param reader reads
	 * @param ledgers knows the height of the ledger
	 */
	public TransferReadinessCache(TransferReadinessReader reader, LedgerClock ledgers) {
		this.reader = reader;
		this.ledgers = ledgers;
	}

	/** While one reading hangs others are made; idle threads end. */
	private static Executor readers() {
		ThreadPoolExecutor readers = new ThreadPoolExecutor(READERS, READERS, KEPT.toSeconds(), TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(task, "x402-readiness");
					thread.setDaemon(true);
					return thread;
				});
		readers.allowCoreThreadTimeOut(true);
		return readers;
	}

	/**
	 * Return how two parties stand in the latest ledger that we know of.
	 * @param parties the parties, and who spends
	 * @param ledger a ledger that is known to be closed, such as that of the approval
	 * @return how they stood, in that ledger or a later one
	 * @throws RpcException if the node does not say, or lags behind that ledger
	 */
	public TransferReadiness latest(SpenderParties parties, long ledger) {
		return reading(parties, ledger).standing();
	}

	/**
	 * Return how two parties stood lately. Where that is not the latest ledger, it is
	 * read for those who come next.
	 * @param parties the parties, and who spends
	 * @param ledger a ledger that is known to be closed, such as that of the approval
	 * @return how they stood, in that ledger or a later one
	 * @throws RpcException if the node does not say, or lags behind that ledger
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // nobody here waits for it
	public TransferReadiness recent(SpenderParties parties, long ledger) {
		long height = this.ledgers.latest().sequence();
		Reading recent = known(parties, height - MOST_BEHIND, ledger);
		if (recent == null) {
			return read(parties, ledger).standing();
		}
		if (recent.height() < height) {
			ask(parties, ledger);
		}
		return recent.standing();
	}

	/**
	 * Say why a transfer would fail, as the latest ledger that we know of has it: one
	 * node may not have seen yet what another has.
	 * @param parties the parties, and who spends
	 * @param ledger a ledger that is known to be closed, such as that of the approval
	 * @param amount what is transferred, base units
	 * @return the cause, or {@code null} if it would not fail
	 * @throws RpcException if the node does not say, or would refuse it in an older
	 * ledger
	 */
	public @Nullable TransferFailure refusal(SpenderParties parties, long ledger, BigInteger amount) {
		Reading reading = reading(parties, ledger);
		TransferFailure failure = reading.standing().refusal(amount);
		if (failure != null && reading.standing().ledger() < reading.height()) {
			throw new RpcException("the node lags behind the ledger " + reading.height(), null);
		}
		return failure;
	}

	private Reading reading(SpenderParties parties, long ledger) {
		Reading fresh = known(parties, this.ledgers.latest().sequence(), ledger);
		return (fresh != null) ? fresh : read(parties, ledger);
	}

	private @Nullable Reading known(SpenderParties parties, long height, long ledger) {
		Reading reading = this.known.getIfPresent(parties);
		return (reading != null && reading.height() >= height && reading.standing().ledger() >= ledger) ? reading
				: null;
	}

	/** A reading that somebody else has begun may be of a ledger before ours. */
	private Reading read(SpenderParties parties, long ledger) {
		Reading shared = await(ask(parties, ledger));
		Reading reading = (shared.standing().ledger() >= ledger) ? shared : await(ask(parties, ledger));
		if (reading.standing().ledger() < ledger) {
			throw new RpcException("the node lags behind the ledger " + ledger, null);
		}
		return reading;
	}

	private static Reading await(CompletableFuture<Reading> reading) {
		try {
			return reading.join();
		}
		catch (CompletionException ex) {
			throw new RpcException("the standing of the parties is not known", ex.getCause());
		}
	}

	/** Have a pair read, unless that is done, or being done, for the latest ledger. */
	private CompletableFuture<Reading> ask(SpenderParties parties, long ledger) {
		long height = this.ledgers.latest().sequence();
		Asked own = new Asked(parties, height, new CompletableFuture<>());
		Asked asked = Objects.requireNonNull(this.waiting.compute(parties,
				(key, before) -> (before != null && before.height() >= height) ? before : own));
		if (asked.equals(own)) {
			Reading fresh = known(parties, height, ledger);
			if (fresh != null) {
				own.answer(this.waiting, fresh);
			}
			else {
				this.queue.add(own);
				this.readers.execute(this::readTogether);
			}
		}
		return asked.reading();
	}

	private void readTogether() {
		List<Asked> together = new ArrayList<>();
		Asked next = this.queue.poll();
		while (next != null) {
			together.add(next);
			next = (together.size() < TransferReadinessReader.AT_ONCE) ? this.queue.poll() : null;
		}
		if (together.isEmpty()) {
			return;
		}
		try {
			long height = this.ledgers.latest().sequence();
			Map<SpenderParties, TransferReadiness> read = readOrFail(
					together.stream().map(Asked::parties).collect(Collectors.toSet()));
			read.forEach((pair, standing) -> this.known.put(pair, new Reading(standing, height)));
			together.forEach((one) -> one.answer(this.waiting, new Reading(standing(read, one.parties()), height)));
		}
		catch (RuntimeException | Error ex) {
			together.forEach((one) -> one.fail(this.waiting, ex));
		}
	}

	private static TransferReadiness standing(Map<SpenderParties, TransferReadiness> read, SpenderParties parties) {
		TransferReadiness standing = read.get(parties);
		if (standing == null) {
			throw new IllegalStateException("a pair that was asked for was not read");
		}
		return standing;
	}

	/** A node that fails is not asked again for everybody who waits, one by one. */
	private Map<SpenderParties, TransferReadiness> readOrFail(Set<SpenderParties> together) {
		Failure failure = this.lastFailure;
		if (failure != null && System.nanoTime() - failure.at() < FAILURE_KEPT.toNanos()) {
			throw new RpcException("the standing of the parties is not known", failure.cause());
		}
		try {
			return this.reader.read(together);
		}
		catch (RpcException ex) {
			this.lastFailure = new Failure(ex, System.nanoTime());
			throw ex;
		}
	}

	/** A pair that was asked for when the latest ledger was of that height. */
	private record Asked(SpenderParties parties, long height, CompletableFuture<Reading> reading) {

		/** Whoever asks from now on is no part of it. */
		void answer(Map<SpenderParties, Asked> waiting, Reading read) {
			waiting.remove(this.parties, this);
			this.reading.complete(read);
		}

		void fail(Map<SpenderParties, Asked> waiting, Throwable failure) {
			waiting.remove(this.parties, this);
			this.reading.completeExceptionally(failure);
		}

	}

	private record Failure(RpcException cause, long at) {
	}

	/** The height is what the clock said before the reading. */
	private record Reading(TransferReadiness standing, long height) {
	}

}
