package io.github.x402sessions.facilitator.chain;

import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.TransferReadiness;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.jspecify.annotations.Nullable;

/**
 * Readiness of payers and recipients, not asked for with every payment: each pair is read
 * at most once in a ledger, and all pairs that are waited for together in one call.
 * Thread-safe.
 */
public final class TransferReadinessCache {

	private static final long REMEMBERED = 100_000;

	private static final Duration KEPT = Duration.ofMinutes(2);

	private static final Duration FAILURE_KEPT = Duration.ofSeconds(1);

	private final TransferReadinessReader reader;

	private final LedgerClock ledgers;

	private final Cache<Parties, Reading> known = Caffeine.newBuilder()
		.maximumSize(REMEMBERED)
		.expireAfterWrite(KEPT)
		.build();

	private final Map<Parties, AtomicInteger> waiting = new ConcurrentHashMap<>();

	private final ReentrantLock reading = new ReentrantLock();

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

	/**
	 * Return how two parties stand in the latest ledger that we know of.
	 * @param parties the parties
	 * @param ledger a ledger that is known to be closed, such as that of the approval
	 * @return how they stood, in that ledger or a later one
	 * @throws RpcException if the node does not say, or lags behind that ledger
	 */
	public TransferReadiness latest(Parties parties, long ledger) {
		return reading(parties, ledger).standing();
	}

	/**
	 * Say why a transfer would fail, as the latest ledger that we know of has it: one
	 * node may not have seen yet what another has.
	 * @param parties the parties
	 * @param ledger a ledger that is known to be closed, such as that of the approval
	 * @param amount what is transferred, base units
	 * @return the cause, or {@code null} if it would not fail
	 * @throws RpcException if the node does not say, or would refuse it in an older
	 * ledger
	 */
	public @Nullable TransferFailure refusal(Parties parties, long ledger, BigInteger amount) {
		Reading reading = reading(parties, ledger);
		TransferFailure failure = reading.standing().refusal(amount);
		if (failure != null && reading.standing().ledger() < reading.height()) {
			throw new RpcException("the node lags behind the ledger " + reading.height(), null);
		}
		return failure;
	}

	private Reading reading(Parties parties, long ledger) {
		long height = this.ledgers.latest().sequence();
		Reading fresh = fresh(parties, height, ledger);
		return (fresh != null) ? fresh : read(parties, height, ledger);
	}

	private Reading read(Parties parties, long height, long ledger) {
		this.waiting.computeIfAbsent(parties, (key) -> new AtomicInteger()).incrementAndGet();
		this.reading.lock();
		try {
			Reading fresh = fresh(parties, height, ledger);
			if (fresh != null) {
				return fresh;
			}
			TransferReadiness standing = readTogether(parties, height);
			if (standing.ledger() < ledger) {
				throw new RpcException("the node lags behind the ledger " + ledger, null);
			}
			return new Reading(standing, height);
		}
		finally {
			this.reading.unlock();
			this.waiting.computeIfPresent(parties, (key, count) -> (count.decrementAndGet() > 0) ? count : null);
		}
	}

	private TransferReadiness readTogether(Parties parties, long height) {
		Set<Parties> together = new LinkedHashSet<>();
		together.add(parties);
		for (Parties other : this.waiting.keySet()) {
			if (together.size() < TransferReadinessReader.AT_ONCE) {
				together.add(other);
			}
		}
		Map<Parties, TransferReadiness> read = readOrFail(together);
		read.forEach((pair, standing) -> this.known.put(pair, new Reading(standing, height)));
		TransferReadiness standing = read.get(parties);
		if (standing == null) {
			throw new IllegalStateException("a pair that was asked for was not read");
		}
		return standing;
	}

	/** A node that fails is not asked again for everybody who waits, one by one. */
	private Map<Parties, TransferReadiness> readOrFail(Set<Parties> together) {
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

	private @Nullable Reading fresh(Parties parties, long height, long ledger) {
		Reading reading = this.known.getIfPresent(parties);
		return (reading != null && reading.height() >= height && reading.standing().ledger() >= ledger) ? reading
				: null;
	}

	private record Failure(RpcException cause, long at) {
	}

	/** The height is what the clock said before the reading. */
	private record Reading(TransferReadiness standing, long height) {
	}

}
