package io.github.x402sessions.facilitator.channel;

import java.time.Duration;
import java.util.Optional;

import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.rpc.Submission;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.rpc.TransactionLookup.Status;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Makes transactions of the spender that settle nothing, one at a time, whichever node
 * makes them: it holds the spender's lease. Where a lease ends too early, the sequence
 * number that was read before the decision still lets only one of two be applied.
 * Thread-safe.
 */
public final class OwnTransactions {

	private static final Duration VALIDITY = Duration.ofSeconds(30);

	private final StellarRpc rpc;

	private final LedgerState chain;

	private final LedgerClock ledgers;

	private final Polling polling;

	private final Channels channels;

	private final ChannelKeys keys;

	/**
	 * Create it.
	 * @param rpc the node to send to
	 * @param chain reads accounts
	 * @param ledgers knows the network's time
	 * @param polling the pause between two questions to the node
	 * @param channels hands out the spender's lease
	 * @param keys the spender's address
	 */
	public OwnTransactions(StellarRpc rpc, LedgerState chain, LedgerClock ledgers, Polling polling, Channels channels,
			ChannelKeys keys) {
		this.rpc = rpc;
		this.chain = chain;
		this.ledgers = ledgers;
		this.polling = polling;
		this.channels = channels;
		this.keys = keys;
	}

	/**
	 * Make a transaction, send it and wait for its end.
	 * @param maker makes it, after all others of the spender have ended
	 * @return whether it was applied and did what it says; false too if another node has
	 * the spender now, or there was nothing to make
	 * @throws RpcException if the node does not say what has to be known
	 * @throws SigningException if there is no signature now; nothing was sent
	 */
	boolean make(Maker maker) {
		Optional<ChannelLease> lease = this.channels.takeSpender();
		if (lease.isEmpty()) {
			return false;
		}
		try {
			AccountSigner signer = this.keys.of(lease.get().address());
			AccountState spender = this.chain.account(signer.address())
				.orElseThrow(() -> new RpcException("the account " + signer.address() + " does not exist", null));
			SignedTransaction transaction = maker.make(signer, spender, maxTime());
			return transaction != null && isTaken(transaction) && await(transaction);
		}
		finally {
			this.channels.giveBack(lease.get());
		}
	}

	private long maxTime() {
		long closeTime = this.ledgers.aged().closeTime();
		if (closeTime <= 0) {
			throw new RpcException("the node does not say when its latest ledger closed", null);
		}
		return closeTime + VALIDITY.toSeconds();
	}

	private boolean isTaken(SignedTransaction transaction) {
		return this.rpc.send(transaction.envelope()).status() != Submission.Status.ERROR;
	}

	/**
	 * A node reads the transaction first and its ledgers second, and the next answer may
	 * be that of one which lags: only two in a row prove that its time is over.
	 */
	private boolean await(SignedTransaction transaction) {
		boolean over = false;
		while (this.polling.pause()) {
			TransactionLookup found = this.rpc.transaction(transaction.hash());
			if (found.status() != Status.NOT_FOUND) {
				return found.status() == Status.SUCCESS;
			}
			boolean late = found.latestCloseTime() > transaction.maxTime();
			if (over && late) {
				return false;
			}
			over = late;
		}
		return false;
	}

	/** Makes a transaction of the spender. */
	@FunctionalInterface
	interface Maker {

		/**
		 * Make and sign it.
		 * @param signer signs for the spender
		 * @param spender the spender's account, read before anything else
		 * @param maxTime the last close time of a ledger that may hold it, Unix seconds
		 * @return the transaction, or {@code null} if there is nothing to do
		 */
		@Nullable SignedTransaction make(AccountSigner signer, AccountState spender, long maxTime);

	}

}
