package io.github.x402sessions.devnet.network;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.LedgerView;
import io.github.x402sessions.devnet.transaction.Rejection;
import io.github.x402sessions.devnet.transaction.TransactionCode;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import io.github.x402sessions.devnet.transaction.validity.ValidityCheck;
import io.github.x402sessions.devnet.transaction.validity.ValidityWindow;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that wait for the next ledger: at most one of each source account. Not
 * thread-safe: the network guards it.
 */
final class TransactionQueue {

	private static final long BAN_LEDGERS = 10;

	/** The number of ledgers that may close without a transaction that waits. */
	private static final int MAX_WAIT = 4;

	/**
	 * The factor by which a bid for an operation must exceed another to take its place.
	 */
	private static final long REPLACEMENT = 10;

	private final Map<String, Waiting> bySource = new LinkedHashMap<>();

	/** The fees that wait, by who pays them; stroops. */
	private final Map<String, Long> fees = new HashMap<>();

	/** The last ledger in which a transaction's hash is banned. */
	private final Map<String, Long> bans = new HashMap<>();

	int size() {
		return this.bySource.size();
	}

	SubmissionResult add(TransactionFrame transaction, LedgerView ledger, ValidityWindow window, FeeMarket market) {
		if (this.bans.containsKey(transaction.hashHex())) {
			return new SubmissionResult.Answered(SubmissionResult.Status.TRY_AGAIN_LATER);
		}
		TransactionFrame waiting = waiting(transaction.source());
		SubmissionResult behind = (waiting != null) ? behind(waiting, transaction) : null;
		if (behind != null) {
			return behind;
		}
		if (!market.queues(transaction)) {
			ban(transaction, window);
			return new SubmissionResult.Refused(Rejection.feeBelow(transaction.cost(market.queueFee())));
		}
		Rejection rejection = new ValidityCheck(ledger, window).check(transaction);
		if (rejection != null) {
			return new SubmissionResult.Refused(rejection);
		}
		if (!affords(transaction, waiting, ledger)) {
			return new SubmissionResult.Refused(Rejection.of(TransactionCode.INSUFFICIENT_BALANCE));
		}
		if (waiting != null) {
			remove(waiting);
		}
		this.fees.merge(transaction.feeSource(), transaction.highestFee(), Long::sum);
		this.bySource.put(transaction.source(), new Waiting(transaction, 0));
		return new SubmissionResult.Answered(SubmissionResult.Status.PENDING);
	}

	/**
	 * The answer to a transaction whose source has one waiting; {@code null} if it may
	 * take its place, as a fee bump may that bids ten times as much for an operation.
	 */
	private static @Nullable SubmissionResult behind(TransactionFrame waiting, TransactionFrame transaction) {
		if (waiting.hashHex().equals(transaction.hashHex())
				|| waiting.inner().hashHex().equals(transaction.hashHex())) {
			return new SubmissionResult.Answered(SubmissionResult.Status.DUPLICATE);
		}
		if (transaction.sequence() < waiting.sequence()) {
			return new SubmissionResult.Refused(Rejection.of(TransactionCode.BAD_SEQ));
		}
		if (transaction.feeBump() == null || transaction.sequence() != waiting.sequence()) {
			return new SubmissionResult.Answered(SubmissionResult.Status.TRY_AGAIN_LATER);
		}
		long minimum = replacing(waiting, transaction);
		return (transaction.highestFee() >= minimum) ? null : new SubmissionResult.Refused(Rejection.feeBelow(minimum));
	}

	/** The least fee with which a transaction takes the place of another. */
	private static long replacing(TransactionFrame waiting, TransactionFrame transaction) {
		BigInteger[] bid = BigInteger.valueOf(waiting.inclusionFee())
			.multiply(BigInteger.valueOf(REPLACEMENT * transaction.places()))
			.divideAndRemainder(BigInteger.valueOf(waiting.places()));
		return bid[0].add(BigInteger.valueOf(bid[1].signum() + transaction.cost(0)))
			.min(BigInteger.valueOf(Long.MAX_VALUE))
			.longValueExact();
	}

	/** Whether an account can pay the fees of all that waits at its expense. */
	private boolean affords(TransactionFrame transaction, @Nullable TransactionFrame replaced, LedgerView ledger) {
		long fees = transaction.highestFee() + this.fees.getOrDefault(transaction.feeSource(), 0L);
		if (replaced != null && replaced.feeSource().equals(transaction.feeSource())) {
			fees -= replaced.highestFee();
		}
		Account payer = ledger.account(transaction.feeSource());
		return payer != null && payer.spendable() >= fees;
	}

	private @Nullable TransactionFrame waiting(String source) {
		Waiting waiting = this.bySource.get(source);
		return (waiting != null) ? waiting.transaction() : null;
	}

	/**
	 * Takes out the transactions of a ledger, in a pseudo-random order that its number
	 * decides. A transaction that bids too little waits on, a few ledgers at most. One
	 * that is not valid any more, or bids too little to wait, is left out; all that
	 * leaves is banned.
	 */
	List<TransactionFrame> drain(LedgerView ledger, ValidityWindow window, FeeMarket market) {
		this.bans.values().removeIf((until) -> until < window.ledger());
		List<TransactionFrame> taken = new ArrayList<>();
		for (Waiting waiting : List.copyOf(this.bySource.values())) {
			TransactionFrame transaction = waiting.transaction();
			boolean valid = market.queues(transaction) && new ValidityCheck(ledger, window).check(transaction) == null;
			boolean clears = market.clears(transaction);
			if (valid && !clears && waiting.age() + 1 < MAX_WAIT) {
				this.bySource.put(transaction.source(), new Waiting(transaction, waiting.age() + 1));
			}
			else {
				remove(transaction);
				ban(transaction, window);
			}
			if (valid && clears) {
				taken.add(transaction);
			}
		}
		taken.sort(Comparator.comparing((transaction) -> lot(transaction, window.ledger())));
		return taken;
	}

	private void remove(TransactionFrame transaction) {
		this.bySource.remove(transaction.source());
		this.fees.merge(transaction.feeSource(), -transaction.highestFee(), Long::sum);
		this.fees.remove(transaction.feeSource(), 0L);
	}

	private void ban(TransactionFrame transaction, ValidityWindow window) {
		this.bans.put(transaction.hashHex(), window.ledger() + BAN_LEDGERS);
	}

	private static String lot(TransactionFrame transaction, long ledger) {
		return XdrCodec.base64(XdrCodec.sha256(new XdrWriter().raw(transaction.hash()).int32(ledger).toBytes()));
	}

	/**
	 * A transaction that waits.
	 *
	 * @param transaction the transaction
	 * @param age how many ledgers closed without it
	 */
	private record Waiting(TransactionFrame transaction, int age) {
	}

}
