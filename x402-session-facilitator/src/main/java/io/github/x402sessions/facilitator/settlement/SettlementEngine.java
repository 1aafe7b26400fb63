package io.github.x402sessions.facilitator.settlement;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.x402sessions.facilitator.chain.Transfer;
import io.github.x402sessions.facilitator.chain.TransferFailsException;
import io.github.x402sessions.facilitator.rpc.RpcException;
import io.github.x402sessions.facilitator.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles payments: reserve, lease a source, sign, write down, send, wait. What was
 * reserved is freed only where nothing was written down as sent, or where the chain
 * proves that the transaction moved nothing and never will. Thread-safe.
 */
public final class SettlementEngine {

	private static final Logger logger = LoggerFactory.getLogger(SettlementEngine.class);

	private final Books books;

	private final Repetitions repetitions;

	private final TransactionSources sources;

	private final Submitter submitter;

	private final Follower follower;

	private final Endings endings;

	private final Duration patience;

	/**
	 * Create an engine.
	 * @param books where settlements are written
	 * @param repetitions knows payments by their identifiers
	 * @param sources the accounts that give transactions their sequence numbers
	 * @param submitter signs and writes down
	 * @param follower sends and follows
	 * @param endings says what an end means for the caller
	 * @param patience how long a caller waits for the outcome
	 */
	public SettlementEngine(Books books, Repetitions repetitions, TransactionSources sources, Submitter submitter,
			Follower follower, Endings endings, Duration patience) {
		this.books = books;
		this.repetitions = repetitions;
		this.sources = sources;
		this.submitter = submitter;
		this.follower = follower;
		this.endings = endings;
		this.patience = patience;
	}

	/**
	 * Start the time that a caller waits.
	 * @return that time
	 */
	public Patience patience() {
		return new Patience(this.patience);
	}

	/**
	 * Tell whether a payment identifier is taken.
	 * @param session the session that pays
	 * @param key the identifier and what is paid
	 * @return whether it is, and for what
	 */
	public KeyUse use(Session session, PaymentKey key) {
		return this.repetitions.use(session, key);
	}

	/**
	 * Answer a repeated payment with what became of it.
	 * @param session the session that pays
	 * @param key the identifier and what is paid
	 * @param patience how long the caller waits for one that is open
	 * @return what became of it, or {@code null} if it has to be settled
	 */
	public @Nullable SettlementResult repeated(Session session, PaymentKey key, Patience patience) {
		return this.repetitions.await(session, key, patience);
	}

	/**
	 * Settle a payment. Where the first try moved nothing for a reason that may have
	 * passed, and more than half of the time is left, there is a second one.
	 * @param session the session that pays
	 * @param transfer what is paid
	 * @param key the payment's identifier, under which it is settled at most once;
	 * without one every call settles
	 * @param patience how long the caller waits
	 * @return what it came to
	 */
	public SettlementResult settle(Session session, Transfer transfer, @Nullable PaymentKey key, Patience patience) {
		SettlementResult result = attempt(session, transfer, key, patience);
		if (result == null) {
			result = attempt(session, transfer, key, patience);
		}
		return (result != null) ? result : new SettlementResult.NotSent("the network took none of two transactions");
	}

	/** Return {@code null} if it is worth another try. */
	private @Nullable SettlementResult attempt(Session session, Transfer transfer, @Nullable PaymentKey key,
			Patience patience) {
		Reservation reservation = this.books.reserve(session, transfer, key);
		if (reservation instanceof Reservation.Made made) {
			return settle(session, made.settlement(), patience);
		}
		if (reservation instanceof Reservation.Repeated && key != null) {
			return this.repetitions.await(session, key, patience);
		}
		return new SettlementResult.CapExceeded();
	}

	private @Nullable SettlementResult settle(Session session, Settlement settlement, Patience patience) {
		SourceLease lease = this.sources.lease(patience.leftForLease());
		if (lease == null) {
			return notSent(settlement, "no source account was free in time", "too many payments at once");
		}
		Submitted submitted;
		try {
			submitted = submit(settlement, lease, patience);
		}
		catch (TransferFailsException ex) {
			this.books.close(settlement, Outcome.released(ex.failure().sentence()));
			return this.endings.refused(session, settlement.transfer(), ex.failure(), 0);
		}
		catch (RpcException ex) {
			return notSent(settlement, String.valueOf(ex.getMessage()), "the Stellar RPC gives no usable answer");
		}
		catch (RuntimeException ex) {
			this.books.close(settlement, Outcome.released("it could not be written down"));
			throw ex;
		}
		Fate fate = await(this.follower.send(submitted, lease, patience), patience);
		return (fate instanceof Fate.Decided decided)
				? this.endings.result(session, submitted, decided.outcome(), patience.isForAnotherTry())
				: new SettlementResult.Pending(submitted.transaction().hash());
	}

	/** Whoever cannot write the transaction down gives the source back: it is unused. */
	private Submitted submit(Settlement settlement, SourceLease lease, Patience patience) {
		boolean submitted = false;
		try {
			Submitted result = this.submitter.submit(settlement, lease.source(), patience);
			submitted = true;
			return result;
		}
		finally {
			if (!submitted) {
				lease.close();
			}
		}
	}

	/** What a node said goes into the books and the log; callers get our own words. */
	private SettlementResult notSent(Settlement settlement, String note, String reason) {
		logger.warn("A settlement was not sent: {}", note);
		this.books.close(settlement, Outcome.released(note));
		return new SettlementResult.NotSent(reason);
	}

	private static Fate await(CompletableFuture<Fate> following, Patience patience) {
		try {
			return following.get(patience.left().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Fate.Open();
		}
		catch (ExecutionException | TimeoutException ex) {
			return new Fate.Open();
		}
	}

}
