package io.github.x402sessions.facilitator.settlement;

import java.time.Clock;
import java.time.Duration;

import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.LedgerClock;
import io.github.x402sessions.facilitator.chain.SignedTransaction;
import io.github.x402sessions.facilitator.chain.TransferFailsException;
import io.github.x402sessions.facilitator.chain.Transfers;
import io.github.x402sessions.facilitator.chain.NetworkCheck;
import io.github.x402sessions.facilitator.rpc.CallDeadline;
import io.github.x402sessions.facilitator.rpc.LatestLedger;
import io.github.x402sessions.facilitator.rpc.RpcException;

/**
 * Signs the transaction of a settlement and writes it down, so that it may be sent.
 * Thread-safe.
 */
public final class Submitter {

	private final Books books;

	private final Chain chain;

	private final LedgerClock ledgers;

	private final Transfers transfers;

	private final Duration validity;

	private final Clock clock;

	private final NetworkCheck network;

	/**
	 * Create a submitter.
	 * @param books where transactions are written down
	 * @param chain reads accounts
	 * @param ledgers knows the height of the ledger
	 * @param transfers signs
	 * @param validity how long a transaction can be applied after it is signed
	 * @param clock the time where the node does not say when its ledger closed
	 * @param network knows whether the node serves our network
	 */
	public Submitter(Books books, Chain chain, LedgerClock ledgers, Transfers transfers, Duration validity, Clock clock,
			NetworkCheck network) {
		this.books = books;
		this.chain = chain;
		this.ledgers = ledgers;
		this.transfers = transfers;
		this.validity = validity;
		this.clock = clock;
		this.network = network;
	}

	/**
	 * Sign and write down, if that takes no longer than leaves time to land.
	 * @throws TransferFailsException if the chain would refuse the transfer
	 * @throws RpcException if the node does not say in time what has to be known
	 */
	Submitted submit(Settlement settlement, TransactionSource source, Patience patience) {
		Submitted prepared = CallDeadline.within(patience.leftForPreparing(), () -> prepare(settlement, source));
		if (patience.leftForPreparing().isNegative()) {
			throw new RpcException("the Stellar RPC answered so late that nothing is sent", null);
		}
		return this.books.submit(settlement, prepared.transaction(), prepared.ledger());
	}

	private Submitted prepare(Settlement settlement, TransactionSource source) {
		this.network.require();
		LatestLedger latest = this.ledgers.aged();
		long sequence = source.next(this.chain);
		SignedTransaction transaction = this.transfers.sign(settlement.transfer(), source.address(), sequence,
				maxTime(latest));
		return new Submitted(settlement, transaction, latest.sequence());
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
