package io.github.x402sessions.facilitator.settlement.repository;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.channel.ChannelLease;
import io.github.x402sessions.facilitator.channel.ChannelLeases;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimitException;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimits;
import io.github.x402sessions.facilitator.settlement.funding.SettlementFunding;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.facilitator.store.Turns;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * The books of settlements: the steps across settlements, transactions, channels and the
 * accounts that are drawn on, each of them one unit of work. Thread-safe.
 */
public final class SettlementBooks {

	private static final Logger logger = LoggerFactory.getLogger(SettlementBooks.class);

	private final UnitOfWork unitOfWork;

	private final SettlementRepository settlements;

	private final TransactionRepository transactions;

	private final ChannelLeases channels;

	private final SettlementFunding funding;

	private final RecipientLimits limits;

	private final Turns turns = new Turns();

	/**
	 * Create books of recipients without limits.
	 * @param unitOfWork runs steps that belong together
	 * @param settlements the settlements
	 * @param transactions the transactions that carry them
	 * @param channels the channels that transactions are made of
	 * @param funding what is set aside in the accounts that are drawn on
	 */
	public SettlementBooks(UnitOfWork unitOfWork, SettlementRepository settlements, TransactionRepository transactions,
			ChannelLeases channels, SettlementFunding funding) {
		this(unitOfWork, settlements, transactions, channels, funding, RecipientLimits.NONE);
	}

	/**
	 * Create the books.
	 * @param unitOfWork runs steps that belong together
	 * @param settlements the settlements
	 * @param transactions the transactions that carry them
	 * @param channels the channels that transactions are made of
	 * @param funding what is set aside in the accounts that are drawn on
	 * @param limits what recipients may be paid
	 */
	public SettlementBooks(UnitOfWork unitOfWork, SettlementRepository settlements, TransactionRepository transactions,
			ChannelLeases channels, SettlementFunding funding, RecipientLimits limits) {
		this.unitOfWork = unitOfWork;
		this.settlements = settlements;
		this.transactions = transactions;
		this.channels = channels;
		this.funding = funding;
		this.limits = limits;
	}

	/**
	 * Set an amount aside.
	 * @param order what is to be paid
	 * @param key what makes another request the same payment
	 * @param deadline how long its caller waits
	 * @return the settlement, or why there is none
	 * @throws RecipientLimitException if its recipient may be paid no more now
	 */
	public Reservation reserve(TransferOrder order, PaymentKey key, SettleDeadline deadline) {
		FundingSource account = order.account();
		Settlement settlement = new Settlement(UUID.randomUUID().toString(), account.key(), order.transfer(),
				order.lastLedger());
		Supplier<Reservation> work = () -> this.unitOfWork.runIf(() -> reserve(settlement, account, key, deadline),
				(reservation) -> !(reservation instanceof Reservation.Refused));
		String counted = this.limits.counted(order.transfer());
		return this.turns.take(account.key(), (counted != null) ? inTurn(counted, work) : work);
	}

	private <T> Supplier<T> inTurn(String row, Supplier<T> work) {
		return () -> this.turns.take(row, work);
	}

	/** What others count too is counted last but for the account, which has its turn. */
	private Reservation reserve(Settlement settlement, FundingSource account, PaymentKey key, SettleDeadline deadline) {
		account.lock();
		if (!this.settlements.add(settlement, key, deadline.left())) {
			return new Reservation.Repeated();
		}
		if (!this.limits.count(Map.of(settlement.id(), settlement.transfer())).isEmpty()) {
			throw new RecipientLimitException();
		}
		return account.reserve(settlement.id(), settlement.transfer().amount()) ? new Reservation.Made(settlement)
				: new Reservation.Refused();
	}

	/**
	 * Free what was set aside and never written down as sent.
	 * @return whether that was still to be done
	 */
	public boolean release(String id, String note) {
		try {
			return release(id, note, () -> this.funding.release(id));
		}
		catch (DataIntegrityViolationException ex) {
			return release(id, note, () -> this.funding.mend(this.settlements.account(id)));
		}
	}

	private boolean release(String id, String note, Runnable freeing) {
		return this.unitOfWork.run(() -> {
			boolean first = this.settlements.release(id, note);
			if (first) {
				freeing.run();
			}
			return first;
		});
	}

	/**
	 * Tell whether a settlement was released: nothing was sent for it and nothing will
	 * be.
	 */
	public boolean isReleased(String id) {
		return this.settlements.isReleased(id);
	}

	/**
	 * Release what was abandoned before it was written down as sent. Whoever would still
	 * send it finds it released and must not.
	 * @param longest how long a call can last
	 * @return how many
	 */
	public int releaseAbandoned(Duration longest) {
		return (int) this.settlements.abandoned(longest)
			.stream()
			.filter((id) -> release(id, "given up by its process"))
			.count();
	}

	/**
	 * Write a transaction down. Only after this may it be sent. Sums of what is committed
	 * that are wrong are made again.
	 * @param members the settlements that it carries
	 * @param submitted the transaction
	 * @param lease the right to make it
	 * @throws IllegalStateException if the lease has ended, or a settlement is no longer
	 * reserved; then nothing is written
	 */
	public void open(List<Settlement> members, SubmittedTransaction submitted, ChannelLease lease) {
		String hash = submitted.hash();
		try {
			open(members, submitted, lease, () -> this.funding.carryAll(hash));
		}
		catch (DataIntegrityViolationException ex) {
			open(members, submitted, lease, () -> this.settlements.accounts(hash).forEach(this.funding::mend));
		}
	}

	private void open(List<Settlement> members, SubmittedTransaction submitted, ChannelLease lease, Runnable moving) {
		this.unitOfWork.perform(() -> {
			this.transactions.add(submitted);
			carry(members, submitted.hash(), moving);
			require(this.channels.giveBack(lease), "the lease of channel " + lease.address() + " has ended");
		});
	}

	private void carry(List<Settlement> members, String hash, Runnable moving) {
		List<String> committed = members.stream().filter(Settlement::committed).map(Settlement::id).toList();
		members.stream()
			.filter((member) -> !member.committed())
			.forEach((member) -> require(this.settlements.carry(member.id(), hash),
					"settlement " + member.id() + " is no longer reserved"));
		if (!committed.isEmpty()) {
			require(this.settlements.carryCommitted(committed, hash), "another transaction carries a commitment");
			moving.run();
		}
	}

	/**
	 * Write down that no ledger can apply a transaction any more: its channel is free.
	 */
	public void over(String hash) {
		this.transactions.over(hash);
	}

	/**
	 * Say what the books know of the end of a transaction that the chain no longer tells.
	 * @return its end, or {@code null} if it is open
	 */
	public @Nullable TrackingResult trackingResult(SignedTransaction transaction) {
		return this.transactions.trackingResult(transaction);
	}

	/**
	 * Write an outcome down and free what was reserved.
	 * @return whether this was the first outcome
	 */
	public boolean close(SubmittedTransaction submitted, Outcome outcome) {
		return closeWith(submitted, outcome, () -> {
			// nothing else belongs to it
		});
	}

	/**
	 * Write an outcome down and free what was reserved, together with something else.
	 * @param beside the last steps of the same unit of work, if this is the first outcome
	 * @return whether this was the first outcome
	 */
	public boolean closeWith(SubmittedTransaction submitted, Outcome outcome, Runnable beside) {
		String hash = submitted.hash();
		try {
			return close(submitted, outcome, () -> {
				if (outcome.status() == Outcome.Status.CONFIRMED) {
					this.funding.consumeAll(hash);
				}
				else {
					this.limits.lock(hash);
					this.funding.releaseAll(hash);
				}
				this.settlements.conclude(hash, outcome);
			}, beside);
		}
		catch (DataIntegrityViolationException ex) {
			return close(submitted, outcome, () -> {
				lock(hash);
				concludeAndMend(hash, outcome);
			}, beside);
		}
	}

	private boolean close(SubmittedTransaction submitted, Outcome outcome, Runnable freeing, Runnable beside) {
		return this.unitOfWork.run(() -> {
			boolean first = this.transactions.end(submitted.hash(), outcome);
			if (first) {
				freeing.run();
				learn(submitted.transaction(), outcome);
				beside.run();
			}
			return first;
		});
	}

	/**
	 * What was applied has used its number, unless a later one is known to be used; after
	 * anything else the chain is asked.
	 */
	private void learn(SignedTransaction transaction, Outcome outcome) {
		if (outcome.ledger() == null) {
			this.channels.forgetSequence(transaction.source());
		}
		else {
			this.channels.used(transaction.source(), transaction.sequence());
		}
	}

	/**
	 * Give settlements the end of the transaction that carries them, where they have not
	 * got it, and their accounts the sums that come of it. What the database refuses is
	 * left as it is.
	 * @return how many transactions had ended without them
	 */
	public int mend() {
		return (int) this.transactions.unconcluded().stream().filter(this::mend).count();
	}

	private boolean mend(TransactionRepository.Ended ended) {
		try {
			this.unitOfWork.perform(() -> concludeAgain(ended.hash(), ended.outcome()));
			return true;
		}
		catch (DataIntegrityViolationException ex) {
			logger.error("The end of transaction {} cannot be given to what it carries: {}", ended.hash(),
					ex.getMessage());
			return false;
		}
	}

	/**
	 * Give the settlements of a transaction another end than they have, and their
	 * accounts the sums that come of it.
	 * @return how many of them were paid again since they counted as not paid
	 */
	private int concludeAgain(String hash, Outcome outcome) {
		lock(hash);
		this.funding.uncount(hash);
		int again = (outcome.status() == Outcome.Status.CONFIRMED)
				? this.settlements.leaveIdentifiers(hash) + this.settlements.takeBackCommitted(hash) : 0;
		concludeAndMend(hash, outcome);
		return again;
	}

	/**
	 * What is lent comes first, then what is counted, then the sums of accounts: whoever
	 * takes several does so in this order.
	 */
	private void lock(String hash) {
		this.funding.lock(hash);
		this.limits.lock(hash);
	}

	/** What is committed leaves a transaction that has not paid it. */
	private void concludeAndMend(String hash, Outcome outcome) {
		List<String> accounts = this.settlements.accounts(hash);
		this.settlements.conclude(hash, outcome);
		accounts.forEach(this.funding::mend);
		this.funding.recount(hash);
	}

	/**
	 * Write down that a transaction has ended otherwise than the books say, and make the
	 * sums of its accounts again.
	 * @param said the status in the books, which it must still have
	 * @return how many of its payments were paid again meanwhile; empty if the books say
	 * something else now
	 */
	public OptionalInt correct(String hash, String said, Outcome outcome) {
		return this.unitOfWork.run(() -> this.transactions.correct(hash, said, outcome)
				? OptionalInt.of(concludeAgain(hash, outcome)) : OptionalInt.empty());
	}

	/** Make the sums of an account again; return whether they were wrong. */
	public boolean mendSums(String account) {
		return this.unitOfWork.run(() -> this.funding.mend(account));
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalStateException(message);
		}
	}

}
