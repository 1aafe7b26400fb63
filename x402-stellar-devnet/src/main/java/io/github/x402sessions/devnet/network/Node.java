package io.github.x402sessions.devnet.network;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.x402sessions.devnet.fault.plan.FaultPlan;
import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.ledger.LedgerHistory;
import io.github.x402sessions.devnet.ledger.LedgerView;
import io.github.x402sessions.devnet.network.state.NetworkState;
import io.github.x402sessions.devnet.transaction.Rejection;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import io.github.x402sessions.devnet.transaction.application.AppliedTransaction;
import io.github.x402sessions.devnet.transaction.application.LedgerCloseMeta;
import io.github.x402sessions.devnet.transaction.validity.ValidityCheck;
import io.github.x402sessions.devnet.transaction.validity.ValidityWindow;
import org.jspecify.annotations.Nullable;

/**
 * The network as one caller sees it: a node that knows the latest ledger or, by a fault,
 * one that is some ledgers behind. It stays behind while ledgers close. Thread-safe.
 */
public final class Node {

	private final LocalNetwork network;

	private final FaultPlan faults;

	private final int age;

	/**
	 * Chooses a node.
	 * @param network what it is a node of
	 * @param faults what is to go wrong
	 * @param age how many ledgers it is behind, as far as that many are remembered
	 */
	Node(LocalNetwork network, FaultPlan faults, int age) {
		this.network = network;
		this.faults = faults;
		this.age = age;
	}

	/** The latest ledger that it knows. */
	public ClosedLedger latest() {
		return locked(() -> networkState().history().aged(age()));
	}

	/** The ledgers that it remembers. */
	public LedgerHistory.Range range() {
		return locked(() -> new LedgerHistory.Range(networkState().history().range().oldest(), latest().mark()));
	}

	/** The ledgers that it remembers in full. */
	public List<ClosedLedger> ledgers() {
		return locked(() -> networkState().history().fullUpTo(latest().sequence()));
	}

	/** Reads the state after its latest ledger. */
	public <T> T read(Function<LedgerView, T> reader) {
		return locked(() -> reader.apply(state()));
	}

	/** Finds a transaction, unless its ledger is not known yet or a fault hides it. */
	public @Nullable AppliedTransaction find(String hash) {
		return locked(() -> {
			AppliedTransaction applied = networkState().archive().find(hash);
			return (applied != null && knows(applied) && !this.faults.hides(applied.ledger(), latest().sequence()))
					? applied : null;
		});
	}

	/**
	 * Lists applied transactions in their order.
	 * @param first the first ledger
	 * @param end the ledger after the last one
	 */
	public List<AppliedTransaction> between(long first, long end) {
		return locked(() -> networkState().archive().between(first, Math.min(end, latest().sequence() + 1)));
	}

	/** The recent inclusion fees of contract calls. */
	public InclusionFees callFees() {
		return locked(() -> this.network.fees().calls(latest().sequence()));
	}

	/** The recent inclusion fees of all other transactions. */
	public InclusionFees classicFees() {
		return locked(() -> this.network.fees().classic(latest().sequence()));
	}

	/** All that happened in a ledger. */
	public LedgerCloseMeta closeMeta(ClosedLedger ledger) {
		return closeMeta(ledger, 0);
	}

	/** All that happened in the latest ledger, and as large as a fault makes it. */
	public LedgerCloseMeta latestCloseMeta(ClosedLedger latest) {
		return closeMeta(latest, this.faults.latestLedgerBytes());
	}

	private LedgerCloseMeta closeMeta(ClosedLedger ledger, int size) {
		return locked(() -> new LedgerCloseMeta(ledger, between(ledger.sequence(), ledger.sequence() + 1),
				this.network.fees().clearingFee(ledger.sequence()), size));
	}

	/** Takes a transaction for the next ledger. */
	public SubmissionResult submit(TransactionFrame transaction) {
		return locked(() -> {
			if (this.faults.takeRejection()) {
				return new SubmissionResult.Answered(SubmissionResult.Status.TRY_AGAIN_LATER);
			}
			if (this.faults.takeDrop()) {
				return new SubmissionResult.Answered(SubmissionResult.Status.PENDING);
			}
			SubmissionResult taken = (age() > 0) ? submitBehind(transaction) : submitToQueue(transaction);
			return this.faults.takeLostAnswer() ? new SubmissionResult.AnswerLost() : taken;
		});
	}

	/**
	 * The answer of a node that is behind: it judges by the state that it knows, and what
	 * has landed in a ledger unknown to it still waits there.
	 */
	private SubmissionResult submitBehind(TransactionFrame transaction) {
		AppliedTransaction applied = networkState().archive().find(transaction.hashHex());
		if (applied != null && !knows(applied)) {
			return new SubmissionResult.Answered(SubmissionResult.Status.DUPLICATE);
		}
		Rejection rejection = new ValidityCheck(state(), window()).check(transaction);
		if (rejection != null) {
			return new SubmissionResult.Refused(rejection);
		}
		SubmissionResult taken = submitToQueue(transaction);
		return (taken instanceof SubmissionResult.Refused)
				? new SubmissionResult.Answered(SubmissionResult.Status.PENDING) : taken;
	}

	private SubmissionResult submitToQueue(TransactionFrame transaction) {
		Node latest = new Node(this.network, this.faults, 0);
		return this.network.queue()
			.add(transaction, latest.state(), latest.window(), FeeMarket.of(this.faults.surge()));
	}

	/** The window of the next ledger, as far as this node knows. */
	private ValidityWindow window() {
		ClosedLedger latest = latest();
		Duration horizon = this.network.horizon();
		long end = Math.max(this.network.clock().instant().getEpochSecond(), latest.closeTime()) + horizon.toSeconds();
		return new ValidityWindow(latest.sequence() + 1, latest.closeTime(), end);
	}

	private boolean knows(AppliedTransaction applied) {
		return applied.ledger() <= latest().sequence();
	}

	private LedgerView state() {
		return networkState().entries().aged(age());
	}

	private int age() {
		return Math.min(this.age, networkState().entries().maxAge());
	}

	private NetworkState networkState() {
		return this.network.networkState();
	}

	private <T> T locked(Supplier<T> action) {
		return this.network.locked(action);
	}

}
