package io.github.x402sessions.facilitator.operations;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.reconcile.ConsistencyMonitor;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;

import org.springframework.dao.DataAccessException;

/**
 * Tells anybody why this facilitator settles nothing, as far as it knows by itself: its
 * books and the ledger differ, or its spender does not exist or has no lumens. What it
 * cannot find out is no ailment; a node that does not answer is seen by each payment.
 * Reads the ledger every few seconds at most, however often it is asked. Thread-safe.
 */
public final class OwnAilment implements Supplier<Optional<String>> {

	/** Whoever has just funded an account looks at once. */
	private static final Duration FRESH = Duration.ofSeconds(2);

	/** What the fee of a settlement is at least, about, stroops. */
	private static final BigInteger A_SETTLEMENT = BigInteger.valueOf(20_000);

	private final Spenders spenders;

	private final OpenWork channels;

	private final TransferReadinessReader reader;

	private final ConsistencyMonitor watch;

	private final ReentrantLock looking = new ReentrantLock();

	private volatile Optional<String> seen = Optional.empty();

	private volatile long end = System.nanoTime();

	/**
	 * Create it.
	 * @param spenders knows the spender
	 * @param channels knows the channels, which pay the fees where there are any
	 * @param reader reads accounts
	 * @param watch compares the books with the ledger
	 */
	OwnAilment(Spenders spenders, OpenWork channels, TransferReadinessReader reader, ConsistencyMonitor watch) {
		this.watch = watch;
		this.spenders = spenders;
		this.channels = channels;
		this.reader = reader;
	}

	/**
	 * Look, or return what was seen a moment ago; nobody waits for another's look.
	 * @return what is wrong, in a sentence of 120 characters at most; empty if nothing is
	 * known to be
	 */
	@Override
	public Optional<String> get() {
		if (this.watch.differs()) {
			return Optional.of("its books and the ledger differ, and nothing is settled: see its log");
		}
		if (System.nanoTime() - this.end >= 0 && this.looking.tryLock()) {
			try {
				this.seen = look();
			}
			catch (RpcException | DataAccessException ex) {
				this.seen = Optional.empty();
			}
			finally {
				this.end = System.nanoTime() + FRESH.toNanos();
				this.looking.unlock();
			}
		}
		return this.seen;
	}

	private Optional<String> look() {
		String spender = this.spenders.address();
		BigInteger own = this.reader.lumens(List.of(spender)).get(spender);
		if (own == null) {
			return Optional.of("its account " + spender + " does not exist: send it lumens");
		}
		return (own.compareTo(A_SETTLEMENT) < 0 && !hasRichChannel())
				? Optional.of("its account " + spender + " has no lumens for fees: send it some") : Optional.empty();
	}

	private boolean hasRichChannel() {
		Map<String, BigInteger> held = this.reader.lumens(this.channels.channelAddresses());
		return held.values().stream().anyMatch((lumens) -> lumens.compareTo(A_SETTLEMENT) >= 0);
	}

}
