package io.github.x402sessions.facilitator.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.settlement.Repair;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.transfer.SpenderTransfer;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferReader;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * Compares the books with the chain and the chain with the books, and each session's sums
 * with its settlements. It may run beside a facilitator, and changes nothing unless it is
 * told to.
 */
public final class Reconciliation {

	private final RecordedTransactions transactions;

	private final SessionSumsCheck sums;

	private final StellarRpc rpc;

	private final TransferReader reader;

	private final SpenderSearches searches;

	private final UnrecordedSequences numbers;

	private final UncoveredSessions uncovered;

	private final Repair repair;

	/**
	 * Create a reconciliation.
	 * @param transactions the transactions in the books
	 * @param sessions the sessions in the books
	 * @param rpc the node to ask
	 * @param reader reads what transactions transfer
	 * @param searches find transfers that the books lack, and keep those that an operator
	 * has accepted
	 * @param numbers finds transactions that they lack and no node remembers
	 * @param uncovered finds payers who allow less than their sessions may take
	 * @param repair writes down what is proven
	 */
	public Reconciliation(RecordedTransactions transactions, RecordedSessions sessions, StellarRpc rpc,
			TransferReader reader, SpenderSearches searches, UnrecordedSequences numbers, UncoveredSessions uncovered,
			Repair repair) {
		this.transactions = transactions;
		this.sums = new SessionSumsCheck(sessions);
		this.rpc = rpc;
		this.reader = reader;
		this.searches = searches;
		this.numbers = numbers;
		this.uncovered = uncovered;
		this.repair = repair;
	}

	/**
	 * Compare.
	 * @param since what is older is left out; absent for everything
	 * @param change what may be changed
	 * @param findings hears of what was found; without a difference, books and chain
	 * agree
	 * @throws RpcException if the node does not say what has to be known
	 */
	public void run(@Nullable Instant since, Change change, Consumer<Finding> findings) {
		long millis = (since != null) ? since.toEpochMilli() : 0;
		if (change == Change.REPAIR) {
			conclude(findings);
		}
		compare(millis, change, findings);
		this.sums.run(millis, (session, finding) -> findings.accept((change == Change.REPAIR)
				? written(finding, () -> this.repair.mendSums(session) ? "they are made again" : null) : finding));
		long latest = searchChain(millis, change, findings);
		this.uncovered.find(latest, findings);
	}

	/**
	 * Find all that the books lack, without comparing anything else.
	 * @return what an operator may accept
	 * @throws RpcException if the node does not say what has to be known
	 */
	public Differences differences() {
		List<Finding> found = new ArrayList<>();
		search(0, found::add);
		return Differences.of(found);
	}

	/**
	 * Accept all that the books lack, and go on, if that is what an operator has looked
	 * at.
	 * @param digest the digest of what was looked at
	 * @return what is accepted; empty if something else is found now, and nothing is
	 * accepted
	 * @throws RpcException if the node does not say what has to be known
	 */
	public Optional<List<Finding>> accept(String digest) {
		List<Finding> found = new ArrayList<>();
		Searched searched = search(0, found::add);
		Differences now = Differences.of(found);
		if (!now.digest().equals(digest)) {
			return Optional.empty();
		}
		accept(searched);
		return Optional.of(now.findings().stream().map(Reconciliation::accepted).toList());
	}

	private static Finding accepted(Finding finding) {
		return finding.repaired("it is accepted");
	}

	private void conclude(Consumer<Finding> findings) {
		int concluded = this.repair.conclude();
		if (concluded > 0) {
			findings.accept(Finding.difference("books", concluded + " settlement(s) or transaction(s) were left behind")
				.repaired("they have ended"));
		}
	}

	private void compare(long millis, Change change, Consumer<Finding> findings) {
		long oldest = this.rpc.latestLedger().oldest();
		AtomicLong forgotten = new AtomicLong();
		this.transactions.read(millis, (transaction) -> {
			if (transaction.isForgotten(oldest)) {
				forgotten.incrementAndGet();
			}
			else {
				compare(transaction, change, findings);
			}
		});
		if (forgotten.get() > 0) {
			findings.accept(Finding.note("books", forgotten + " transaction(s) are older than the node's memory"));
		}
	}

	private void compare(RecordedTransaction transaction, Change change, Consumer<Finding> findings) {
		TransactionLookup found = this.rpc.transaction(transaction.hash());
		String envelope = found.envelope();
		Transfer actual = (envelope != null) ? this.reader.read(envelope) : null;
		Finding finding = transaction.compare(found, actual);
		if (finding != null) {
			findings.accept(
					(change == Change.REPAIR) ? written(finding, () -> repair(transaction, found, actual)) : finding);
		}
	}

	private @Nullable String repair(RecordedTransaction transaction, TransactionLookup found,
			@Nullable Transfer actual) {
		if (transaction.isOpen()) {
			return this.repair.end(transaction.hash()).map(Reconciliation::itIs).orElse(null);
		}
		return transaction.isProven(found, actual)
				? this.repair.correct(transaction.hash(), transaction.status(), found)
					.map(Reconciliation::itIs)
					.orElse(null)
				: null;
	}

	private static String itIs(String end) {
		return "it is now " + end;
	}

	/** What the database refuses to change keeps nothing else from being repaired. */
	private static Finding written(Finding finding, Supplier<@Nullable String> repair) {
		try {
			String how = repair.get();
			return (how != null) ? finding.repaired(how) : finding;
		}
		catch (DataAccessException ex) {
			return finding.left("the database refuses to change that: "
					+ String.valueOf(ex.getMostSpecificCause().getMessage()).lines().findFirst().orElse(""));
		}
	}

	/**
	 * What is accepted is told of once that is written down.
	 * @return the ledger up to which the chain was searched
	 */
	private long searchChain(long millis, Change change, Consumer<Finding> findings) {
		List<Finding> found = new ArrayList<>();
		Searched searched = search(millis, (change == Change.ACCEPT) ? found::add : findings);
		if (change == Change.ACCEPT) {
			accept(searched);
			found.forEach((finding) -> findings.accept(accepted(finding)));
		}
		return searched.latest().values().stream().mapToLong(Long::longValue).min().orElseThrow();
	}

	/**
	 * The numbers come after the transfers, and tell of ledgers that the node has
	 * forgotten meanwhile.
	 */
	private Searched search(long millis, Consumer<Finding> findings) {
		List<SpenderTransfer> transfers = new ArrayList<>();
		Map<SpenderSearch, Long> latest = new LinkedHashMap<>();
		this.searches.undecided()
			.forEach((one) -> latest.put(one, one.find(this.transactions.ledgerBefore(millis), (transfer) -> {
				transfers.add(transfer);
				findings.accept(missing(transfer));
			})));
		List<UnrecordedSequence> unknown = new ArrayList<>();
		this.numbers.find(unknown::add);
		if (areUnexplained(unknown, transfers)) {
			unknown.forEach((number) -> findings.accept(number.finding()));
		}
		return new Searched(transfers, unknown, latest);
	}

	private void accept(Searched searched) {
		this.numbers.begin();
		ChainSearch search = this.searches.current().state();
		searched.transfers().forEach((transfer) -> search.accept(transfer.transaction()));
		searched.unknown().forEach((number) -> search.accept(number.account(), number.number()));
		searched.latest().forEach((one, ledger) -> one.state().accept(ledger));
	}

	/** Each transfer that was found has used a number. */
	private static boolean areUnexplained(List<UnrecordedSequence> numbers, List<SpenderTransfer> transfers) {
		return numbers.stream().anyMatch(UnrecordedSequence::forgotten)
				|| numbers.stream().mapToLong(UnrecordedSequence::transactions).sum() > transfers.size();
	}

	private static Finding missing(SpenderTransfer missing) {
		Transfer transfer = missing.transfer();
		return Finding.difference(missing.transaction(), "is in ledger " + missing.ledger() + " and not in the books: "
				+ transfer.amount() + " from " + transfer.from() + " to " + transfer.to());
	}

	/** What a reconciliation may change. */
	public enum Change {

		/** Nothing. */
		NOTHING,

		/** What the chain proves. */
		REPAIR,

		/** Transfers that the books lack are accepted, and settling goes on. */
		ACCEPT

	}

	/**
	 * What a search has found that the books lack.
	 *
	 * @param transfers transfers
	 * @param unknown accounts with numbers that they do not know
	 * @param latest the ledger up to which each search went
	 */
	private record Searched(List<SpenderTransfer> transfers, List<UnrecordedSequence> unknown,
			Map<SpenderSearch, Long> latest) {
	}

}
