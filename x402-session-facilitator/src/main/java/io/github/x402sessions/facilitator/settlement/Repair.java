package io.github.x402sessions.facilitator.settlement;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

import io.github.x402sessions.facilitator.chain.SpenderTransfers;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.settlement.repository.TrackingResult;
import io.github.x402sessions.facilitator.settlement.repository.TransactionRepository;
import io.github.x402sessions.facilitator.settlement.tracking.OutcomeQuorum;
import io.github.x402sessions.facilitator.settlement.tracking.RejectionEffects;
import io.github.x402sessions.facilitator.settlement.tracking.TransactionSubmission;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.rpc.TransactionLookup.Status;

/**
 * Writes into the books what the chain proves, or what an operator decides where it
 * proves nothing any more. Each step is one database transaction and may be taken beside
 * facilitators that run. Thread-safe.
 */
public final class Repair {

	private final SettlementBooks books;

	private final TransactionRepository transactions;

	private final StellarRpc rpc;

	private final LedgerState chain;

	private final RejectionEffects refusals;

	private final Duration longestCall;

	/**
	 * Create it.
	 * @param books the books
	 * @param transactions the transactions in them
	 * @param rpc the nodes to ask
	 * @param chain reads accounts
	 * @param fees what transactions bid
	 * @param transfers what they need
	 * @param longestCall how long a call of /settle can last
	 */
	public Repair(SettlementBooks books, TransactionRepository transactions, StellarRpc rpc, LedgerState chain,
			FeePolicy fees, SpenderTransfers transfers, Duration longestCall) {
		this.books = books;
		this.transactions = transactions;
		this.rpc = rpc;
		this.chain = chain;
		this.refusals = new RejectionEffects(fees, transfers);
		this.longestCall = longestCall;
	}

	/**
	 * Write down how a transaction has ended that is open in the books, if that is
	 * proven.
	 * @param hash its hash
	 * @return its end in the books' word; empty if nothing is proven, or it is not open
	 */
	public Optional<String> end(String hash) {
		return this.transactions.find(hash)
			.flatMap((open) -> Optional
				.ofNullable(new TransactionSubmission(this.rpc, this.chain, this.refusals, open,
						new SettleDeadline(Duration.ZERO))
					.look())
				.filter(TrackingResult.Decided.class::isInstance)
				.map((trackingResult) -> ((TrackingResult.Decided) trackingResult).outcome())
				.filter((outcome) -> this.books.close(open, outcome))
				.map((outcome) -> outcome.status().name()));
	}

	/**
	 * Write down that a transaction has ended as the chain says, whatever the books said,
	 * with all that it carries and the sums of their accounts, if no node contradicts
	 * that and the books have not moved on.
	 * @param hash its hash
	 * @param status what the books said
	 * @param found what a node says, which has found it
	 * @return its end in the books' word, and how many of its payments were paid again
	 * meanwhile; empty if nothing is written
	 */
	public Optional<String> correct(String hash, String status, TransactionLookup found) {
		Outcome outcome = (found.status() == Status.SUCCESS) ? Outcome.confirmed(found.ledger())
				: Outcome.failed(found.ledger());
		OptionalInt again = this.transactions.ended(hash, status)
			.filter((ended) -> new OutcomeQuorum(this.rpc.nodes(), this.chain, ended).agree(outcome))
			.map((ended) -> this.books.correct(hash, status, outcome))
			.orElse(OptionalInt.empty());
		if (again.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(outcome.status().name() + ((again.getAsInt() == 0) ? ""
				: ", and " + again.getAsInt() + " payment(s) of it were paid again meanwhile: their payer paid twice"));
	}

	/**
	 * Give all settlements the end of their transaction where they lack it, and release
	 * what was set aside by processes that are gone and never sent.
	 * @return how many of both
	 */
	public int conclude() {
		return this.books.mend() + this.books.releaseAbandoned(this.longestCall);
	}

	/**
	 * Make the sums of an account again from its settlements.
	 * @param account the account's name in the store
	 * @return whether they were wrong
	 */
	public boolean mendSums(String account) {
		return this.books.mendSums(account);
	}

	/**
	 * Decide how an open transaction has ended of which no node tells any more.
	 * @param hash its hash
	 * @param moved whether the money has moved
	 * @param beside the last step of the unit of work that writes it down, given its end
	 * in the books' word
	 * @return what is against it, in a sentence; empty if that is written down now
	 * @throws RpcException if one of the nodes does not say
	 */
	public Optional<String> decide(String hash, boolean moved, Consumer<String> beside) {
		Optional<SubmittedTransaction> open = this.transactions.find(hash);
		if (open.isEmpty()) {
			return Optional.of("the books have no open transaction of this hash");
		}
		for (StellarRpc node : this.rpc.nodes()) {
			TransactionLookup found = node.transaction(hash);
			if (found.status() != Status.NOT_FOUND) {
				return Optional.of("the chain has it: reconcile --repair writes that down");
			}
			if (found.latestCloseTime() <= open.get().transaction().maxTime()) {
				return Optional.of("a ledger may still apply it");
			}
		}
		Outcome outcome = new Outcome(moved ? Outcome.Status.CONFIRMED : Outcome.Status.DEAD, null,
				"decided by an operator");
		return this.books.closeWith(open.get(), outcome, () -> beside.accept(outcome.status().name()))
				? Optional.empty() : Optional.of("it has ended meanwhile");
	}

}
