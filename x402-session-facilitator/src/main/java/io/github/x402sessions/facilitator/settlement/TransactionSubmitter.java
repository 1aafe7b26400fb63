package io.github.x402sessions.facilitator.settlement;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelLease;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.Settlement;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.settlement.tracking.SettlementObserver;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.CallDeadline;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferFailsException;
import io.github.x402sessions.stellar.transfer.TransferMethod;

/**
 * Signs the transaction of settlements and writes it down, so that it may be sent.
 * Thread-safe.
 */
public final class TransactionSubmitter {

	private final SettlementBooks books;

	private final LedgerState chain;

	private final ChannelKeys keys;

	private final LedgerClock ledgers;

	private final Duration validity;

	private final Clock clock;

	private final SettlementObserver figures;

	/**
	 * Create a submitter.
	 * @param books where transactions are written down
	 * @param chain reads accounts
	 * @param keys the keys of the channels
	 * @param ledgers knows the height of the ledger
	 * @param validity how long a transaction can be applied after it is signed
	 * @param clock the time where the node does not say when its ledger closed
	 * @param figures hears how long that takes
	 */
	public TransactionSubmitter(SettlementBooks books, LedgerState chain, ChannelKeys keys, LedgerClock ledgers,
			Duration validity, Clock clock, SettlementObserver figures) {
		this.figures = figures;
		this.books = books;
		this.chain = chain;
		this.keys = keys;
		this.ledgers = ledgers;
		this.validity = validity;
		this.clock = clock;
	}

	/**
	 * Sign one transaction for all settlements and write it down, if that takes no longer
	 * than leaves time to land.
	 * @param members the settlements, between the same parties
	 * @param method how their sum is transferred
	 * @param lease the right to make the channel's next transaction
	 * @throws TransferFailsException if the chain would refuse the transfer
	 * @throws RpcException if the node does not say in time what has to be known
	 * @throws SigningException if there is no signature now
	 */
	SubmittedTransaction submit(List<Settlement> members, TransferMethod method, ChannelLease lease,
			SettleDeadline deadline) {
		long begun = System.nanoTime();
		SubmittedTransaction prepared = CallDeadline.within(deadline.leftForPreparing(),
				() -> prepare(members, method, lease));
		if (deadline.leftForPreparing().isNegative()) {
			throw new RpcException("the Stellar RPC answered so late that nothing is sent", null);
		}
		this.books.open(members, prepared, lease);
		this.figures.prepared(Duration.ofNanos(System.nanoTime() - begun));
		return prepared;
	}

	private SubmittedTransaction prepare(List<Settlement> members, TransferMethod method, ChannelLease lease) {
		LatestLedger latest = this.ledgers.aged();
		long lastLedger = members.stream().mapToLong(Settlement::lastLedger).min().orElseThrow();
		Transfer sum = sum(members);
		SignedTransaction transaction = method.sign(sum, this.keys.of(lease.address()), sequence(lease),
				maxTime(latest), lastLedger);
		return new SubmittedTransaction(transaction, latest.sequence(), sum);
	}

	private static Transfer sum(List<Settlement> members) {
		Transfer first = members.get(0).transfer();
		BigInteger sum = members.stream()
			.map((member) -> member.transfer().amount())
			.reduce(BigInteger.ZERO, BigInteger::add);
		return new Transfer(first.asset(), first.from(), first.to(), sum);
	}

	private long sequence(ChannelLease lease) {
		Long known = lease.sequence();
		long used = (known != null) ? known
				: this.chain.account(lease.address())
					.orElseThrow(() -> new RpcException("the account " + lease.address() + " does not exist", null))
					.sequence();
		return used + 1;
	}

	/**
	 * Ledgers have a clock of their own, by which they judge. Ours counts only where the
	 * node does not tell theirs: fast, it would let a transaction live for longer than
	 * anybody waits, slow, it would let it die at once.
	 */
	long maxTime(LatestLedger latest) {
		long now = (latest.closeTime() > 0) ? latest.closeTime() : this.clock.instant().getEpochSecond();
		return now + this.validity.toSeconds();
	}

}
