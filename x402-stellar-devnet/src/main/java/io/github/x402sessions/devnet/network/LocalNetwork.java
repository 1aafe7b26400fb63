package io.github.x402sessions.devnet.network;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.x402sessions.devnet.contract.runtime.FeeEvents;
import io.github.x402sessions.devnet.fault.plan.FaultPlan;
import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.ledger.LedgerView;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import io.github.x402sessions.devnet.ledger.Trustline;
import io.github.x402sessions.devnet.network.state.Genesis;
import io.github.x402sessions.devnet.network.state.NetworkParameters;
import io.github.x402sessions.devnet.network.state.NetworkState;
import io.github.x402sessions.devnet.network.state.StateFile;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import io.github.x402sessions.devnet.transaction.application.AppliedTransaction;
import io.github.x402sessions.devnet.transaction.application.LedgerApplication;
import io.github.x402sessions.devnet.transaction.validity.ValidityWindow;
import org.jspecify.annotations.Nullable;

/**
 * The network: takes transactions, closes ledgers and remembers both. Thread-safe; all of
 * it happens in memory under one lock.
 */
public final class LocalNetwork {

	/** As old as the state may be that a call is answered from, and the latest. */
	private static final int REMEMBERED = 4;

	private final ReentrantLock lock = new ReentrantLock();

	private final NetworkParameters parameters;

	private final Clock clock;

	private final Duration horizon;

	private final FaultPlan faults;

	private final FundingAccount fundingAccount;

	private final @Nullable StateFile file;

	private NetworkState state;

	private TransactionQueue queue = new TransactionQueue();

	private FeeWindow fees = new FeeWindow();

	/**
	 * Creates a network.
	 * @param interval the time between ledgers, zero if they close by hand
	 * @param faults what is to go wrong
	 * @param file where it is kept; {@code null} for nowhere
	 * @throws IllegalArgumentException if the file holds something else
	 */
	public LocalNetwork(NetworkParameters parameters, Clock clock, Duration interval, FaultPlan faults,
			@Nullable StateFile file) {
		this.parameters = parameters;
		this.clock = clock;
		this.horizon = interval.multipliedBy(2);
		this.faults = faults;
		this.fundingAccount = new FundingAccount(parameters);
		this.file = file;
		this.state = (file != null) ? file.open(clock) : NetworkState.genesis(parameters, clock);
	}

	public NetworkParameters parameters() {
		return this.parameters;
	}

	public Clock clock() {
		return this.clock;
	}

	/** The node that answers the next call. */
	public Node node() {
		return new Node(this, this.faults, this.faults.drawAge());
	}

	/** Closes the next ledger. Its time follows the clock and never goes back. */
	public ClosedLedger close() {
		List<Runnable> answers = new ArrayList<>();
		ClosedLedger closed = locked(() -> close(answers));
		answers.forEach(Runnable::run);
		return closed;
	}

	private ClosedLedger close(List<Runnable> answers) {
		ClosedLedger previous = this.state.history().latest();
		long sequence = previous.sequence() + 1;
		long time = Math.max(previous.closeTime(), this.clock.instant().getEpochSecond());
		FeeMarket market = FeeMarket.of(this.faults.takeSurge());
		List<TransactionFrame> batch = this.queue.drain(this.state.entries(), new ValidityWindow(sequence, time, time),
				market);
		List<FundingAccount.Opening> openings = this.fundingAccount.openings(rootSequence(batch), market.clearingFee());
		openings.forEach((opening) -> batch.add(opening.transaction()));
		List<AppliedTransaction> applied = new LedgerApplication(this.state.entries(), sequence, time,
				market.clearingFee(), new FeeEvents(this.parameters.lumens().contract()), this.parameters.protocol())
			.apply(batch);
		applied.forEach(this.state.archive()::add);
		long fees = applied.stream().mapToLong((transaction) -> transaction.result().feeCharged()).sum();
		LedgerDraft grants = new LedgerDraft(this.state.entries(), sequence);
		answers.addAll(this.fundingAccount.pay(grants));
		grants.commitTo(this.state.entries());
		List<AppliedTransaction> opened = applied.subList(applied.size() - openings.size(), applied.size());
		for (int i = 0; i < openings.size(); i++) {
			FundingAccount.Opening opening = openings.get(i);
			AppliedTransaction result = opened.get(i);
			answers.add(() -> opening.answer().complete(result));
		}
		this.state.entries().evict(sequence);
		ClosedLedger closed = ClosedLedger.close(this.parameters.protocol(), previous.hash(), sequence, time,
				previous.feePool() + fees);
		this.state.history().add(closed);
		this.state.entries().endLedger();
		this.fees.add(market, applied, sequence);
		this.state.archive().forgetBefore(this.state.history().range().oldest().sequence());
		keep(applied);
		return closed;
	}

	private void keep(List<AppliedTransaction> applied) {
		if (this.file != null) {
			this.file.append(this.state, applied);
		}
		else {
			this.state.entries().takeTouched();
		}
	}

	/** The root account's sequence number after a batch in which it may take part. */
	private long rootSequence(List<TransactionFrame> batch) {
		String root = Genesis.root(this.parameters).getAccountId();
		long stored = Objects.requireNonNull(this.state.entries().account(root)).sequence();
		return batch.stream()
			.filter((transaction) -> transaction.source().equals(root))
			.mapToLong(TransactionFrame::sequence)
			.findFirst()
			.orElse(stored);
	}

	/** Reads the state after the latest ledger. */
	public <T> T read(Function<LedgerView, T> reader) {
		return locked(() -> reader.apply(this.state.entries()));
	}

	public ClosedLedger latest() {
		return locked(this.state.history()::latest);
	}

	/** The number of transactions and gifts that wait for a ledger. */
	public int waiting() {
		return locked(() -> this.queue.size() + this.fundingAccount.waiting());
	}

	/** Forgets what waits for a ledger, as a node does that is restarted. */
	public void restart() {
		locked(() -> this.queue = new TransactionQueue());
	}

	/**
	 * Forgets all ledgers but the last ones and what happened in them, as nodes do after
	 * a week; the entries stay.
	 */
	public void forget() {
		locked(() -> {
			this.state.history().keepLast(REMEMBERED);
			this.state.archive().forgetBefore(this.state.history().range().oldest().sequence());
			if (this.file != null) {
				this.file.rewrite(this.state);
			}
			return this.state;
		});
	}

	/** Begins anew from the first ledger. */
	public void reset() {
		locked(() -> {
			this.queue = new TransactionQueue();
			this.fees = new FeeWindow();
			this.state = NetworkState.genesis(this.parameters, this.clock);
			if (this.file != null) {
				this.file.rewrite(this.state);
			}
			return this.state;
		});
	}

	/** Opens an account in the next ledger, by a transaction. */
	public CompletableFuture<AppliedTransaction> openNext(String account) {
		return locked(() -> this.fundingAccount.open(account));
	}

	/**
	 * Ends the life of a persistent contract entry at once, between two ledgers.
	 * @throws IllegalArgumentException if there is none under the key
	 */
	public void archive(EntryKey key) {
		locked(() -> {
			StoredEntry stored = this.state.entries().find(key);
			if (stored == null || !key.persistent()) {
				throw new IllegalArgumentException("no persistent contract entry: " + key);
			}
			this.state.entries()
				.store(key, new StoredEntry(stored.entry(), stored.lastModified(), latest().sequence() - 1));
			keep(List.of());
			return key;
		});
	}

	/** Pays USDC in the next ledger. */
	public CompletableFuture<Trustline> grantNext(String account, long amount) {
		return locked(() -> this.fundingAccount.grant(account, amount));
	}

	/** Opens an account at once, between two ledgers, unless it exists. */
	public void openNow(String account) {
		changeNow((draft) -> {
			if (draft.account(account) == null) {
				draft.put(Account.opened(account, FundingAccount.STARTING_BALANCE, draft.ledger()));
			}
			return account;
		});
	}

	/**
	 * Pays USDC at once, between two ledgers.
	 * @throws FundingException if the account cannot take it
	 */
	public void grantNow(String account, long amount) {
		changeNow((draft) -> this.fundingAccount.pay(account, amount, draft));
	}

	/**
	 * Changes entries at once, between two ledgers; if that throws, nothing is changed.
	 */
	<T> T changeNow(Function<LedgerDraft, T> change) {
		return locked(() -> {
			LedgerDraft draft = new LedgerDraft(this.state.entries(), this.state.history().latest().sequence());
			T result = change.apply(draft);
			draft.commitTo(this.state.entries());
			keep(List.of());
			return result;
		});
	}

	/**
	 * All that is remembered; to be touched only while the network is {@link #locked}.
	 */
	NetworkState networkState() {
		return this.state;
	}

	/**
	 * The queue of pending transactions; to be touched only while the network is
	 * {@link #locked}.
	 */
	TransactionQueue queue() {
		return this.queue;
	}

	/**
	 * The recent inclusion fees; to be touched only while the network is {@link #locked}.
	 */
	FeeWindow fees() {
		return this.fees;
	}

	/**
	 * The time from now within which a ledger may close, for transactions that end soon.
	 */
	Duration horizon() {
		return this.horizon;
	}

	<T> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

}
