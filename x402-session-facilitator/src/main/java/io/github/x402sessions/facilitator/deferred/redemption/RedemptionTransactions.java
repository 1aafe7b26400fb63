package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.github.x402sessions.facilitator.chain.SpenderTransfers;
import io.github.x402sessions.facilitator.settlement.DispatchResult;
import io.github.x402sessions.facilitator.settlement.TransactionDispatcher;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.Settlement;
import io.github.x402sessions.facilitator.settlement.repository.TrackingResult;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.Transfer;

/**
 * Transactions that redeem what is open between parties, several at a time where one does
 * not carry it. All of them are chosen together, before the first is sent, so that the
 * payer has enough for them in whatever order the ledgers apply them. Thread-safe.
 */
final class RedemptionTransactions {

	/** What one transaction carries at most: its steps in the books take a moment. */
	static final int MOST = 2_000;

	/** What is read of commitments at a time takes a moment, too. */
	private static final int MOST_AT_ONCE = 8;

	/** No balance of a Stellar asset is larger. */
	private static final BigInteger LARGEST_BALANCE = BigInteger.valueOf(Long.MAX_VALUE);

	private final RedemptionBooks books;

	private final PayableCommitments payable;

	private final LedgerClock ledgers;

	private final TransactionDispatcher dispatcher;

	private final SpenderTransfers methods;

	private final RedemptionObserver figures;

	private final int count;

	/**
	 * Create them.
	 * @param books what is to be redeemed
	 * @param payable chooses what is sent of it
	 * @param ledgers knows the height of the ledger
	 * @param dispatcher sends off
	 * @param methods how commitments are paid
	 * @param figures hears what becomes of commitments
	 * @param channels how many transactions there may be at a time
	 */
	RedemptionTransactions(RedemptionBooks books, PayableCommitments payable, LedgerClock ledgers,
			TransactionDispatcher dispatcher, SpenderTransfers methods, RedemptionObserver figures, int channels) {
		this.books = books;
		this.payable = payable;
		this.ledgers = ledgers;
		this.dispatcher = dispatcher;
		this.methods = methods;
		this.figures = figures;
		this.count = MOST * Math.min(channels, MOST_AT_ONCE);
	}

	/**
	 * Redeem what is open between parties. Nobody else does meanwhile.
	 * @param deadline how long the transactions may wait for channels and be offered
	 * @return when the last of them has ended
	 */
	CompletableFuture<Void> redeem(Parties parties, SettleDeadline deadline) {
		return send(parties, false, (open) -> this.payable.choose(parties, open), deadline);
	}

	/**
	 * Collect what is defaulted between parties, as far as the payer's allowance and
	 * balance cover it besides what others need. Nobody else does meanwhile.
	 * @param deadline how long the transactions may wait for channels and be offered
	 * @return when the last of them has ended
	 */
	CompletableFuture<Void> collect(Parties parties, SettleDeadline deadline) {
		return send(parties, true, (open) -> this.payable.chooseDefaulted(parties, open), deadline);
	}

	/**
	 * Send what can be paid under one spender. The others have their turn after that, or
	 * at once where nothing is sent under it: what keeps one from signing or from being
	 * paid keeps nothing from the others.
	 */
	private CompletableFuture<Void> send(Parties parties, boolean defaulted, UnaryOperator<List<OpenCommitment>> choice,
			SettleDeadline deadline) {
		for (List<OpenCommitment> one : OpenCommitment.bySpender(open(parties, defaulted))) {
			List<OpenCommitment> chosen = choice.apply(OpenCommitment.covered(one, LARGEST_BALANCE));
			List<CompletableFuture<Void>> sent = send(parties, chosen, defaulted, deadline);
			if (!sent.isEmpty()) {
				return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
			}
		}
		return CompletableFuture.allOf();
	}

	private List<OpenCommitment> open(Parties parties, boolean defaulted) {
		long ledger = this.ledgers.latest().sequence();
		return this.books.open(parties, defaulted, this.count)
			.stream()
			.filter((commitment) -> commitment.lastLedger() > ledger)
			.toList();
	}

	/** What keeps one from being sent would keep those after it as well. */
	private List<CompletableFuture<Void>> send(Parties parties, List<OpenCommitment> chosen, boolean defaulted,
			SettleDeadline deadline) {
		List<CompletableFuture<Void>> sent = new ArrayList<>();
		for (int i = 0; i < chosen.size(); i += MOST) {
			List<OpenCommitment> carried = chosen.subList(i, Math.min(i + MOST, chosen.size()));
			Optional<CompletableFuture<Void>> end = dispatch(parties, carried, deadline)
				.fold((one) -> Optional.of(followed(parties, carried.size(), one, deadline)), (refused) -> {
					if (!defaulted && sent.isEmpty()) {
						this.payable.refused(parties, chosen, refused.failure());
					}
					return Optional.empty();
				}, (notSent) -> Optional.empty(), (unknown) -> Optional.empty());
			if (end.isEmpty()) {
				break;
			}
			sent.add(end.get());
		}
		return sent;
	}

	private DispatchResult dispatch(Parties parties, List<OpenCommitment> carried, SettleDeadline deadline) {
		List<Settlement> members = carried.stream()
			.map((commitment) -> new Settlement(commitment.id(), commitment.account(),
					new Transfer(parties.asset(), parties.from(), parties.to(), commitment.amount()),
					commitment.lastLedger(), true))
			.toList();
		return this.dispatcher.dispatch(() -> members, this.methods.of(carried.get(0).spender()), deadline);
	}

	private CompletableFuture<Void> followed(Parties parties, int carried, DispatchResult.Sent sent,
			SettleDeadline deadline) {
		return sent.trackingResult()
			.copy()
			.completeOnTimeout(new TrackingResult.Open(), deadline.left().toMillis(), TimeUnit.MILLISECONDS)
			.thenAccept((result) -> {
				if (result instanceof TrackingResult.Decided decided) {
					ended(parties, carried, decided.outcome());
				}
			});
	}

	private void ended(Parties parties, int carried, Outcome outcome) {
		if (outcome.status() == Outcome.Status.CONFIRMED) {
			this.figures.redeemed(carried);
		}
		else if (outcome.ledger() != null) {
			this.payable.failed(parties, outcome.ledger());
		}
	}

}
