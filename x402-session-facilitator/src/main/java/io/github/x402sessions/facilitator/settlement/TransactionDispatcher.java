package io.github.x402sessions.facilitator.settlement;

import java.util.List;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.channel.ChannelLease;
import io.github.x402sessions.facilitator.channel.ChannelUse;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.Settlement;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.settlement.tracking.TransactionTracker;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.TransferFailsException;
import io.github.x402sessions.stellar.transfer.TransferMethod;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Sends settlements off: lease a channel, sign, write down, send. Whatever keeps them
 * from being written down releases them; what is committed stays so. Thread-safe.
 */
public final class TransactionDispatcher {

	private static final Logger logger = LoggerFactory.getLogger(TransactionDispatcher.class);

	private final SettlementBooks books;

	private final Channels channels;

	private final ChannelUse use;

	private final TransactionSubmitter submitter;

	private final TransactionTracker tracker;

	/**
	 * Create it.
	 * @param books where settlements are written
	 * @param channels the accounts that give transactions their sequence numbers
	 * @param use what for
	 * @param submitter signs and writes down
	 * @param tracker sends and follows
	 */
	TransactionDispatcher(SettlementBooks books, Channels channels, ChannelUse use, TransactionSubmitter submitter,
			TransactionTracker tracker) {
		this.books = books;
		this.channels = channels;
		this.use = use;
		this.submitter = submitter;
		this.tracker = tracker;
	}

	/** Return one that sends off by channels for another use. */
	public TransactionDispatcher forUse(ChannelUse another) {
		return new TransactionDispatcher(this.books, this.channels, another, this.submitter, this.tracker);
	}

	/**
	 * Send settlements off in one transaction.
	 * @param members says which, as soon as there is a channel for them
	 * @param method how their sum is transferred
	 * @param deadline how long their caller waits
	 * @return what came of it
	 */
	public DispatchResult dispatch(Supplier<List<Settlement>> members, TransferMethod method, SettleDeadline deadline) {
		@Nullable ChannelLease lease = null;
		List<Settlement> settlements = List.of();
		DispatchResult failed;
		try {
			lease = this.channels.lease(this.use, deadline.leftForLease());
			settlements = members.get();
			if (lease != null) {
				SubmittedTransaction submitted = this.submitter.submit(settlements, method, lease, deadline);
				return new DispatchResult.Sent(submitted.hash(), this.tracker.send(submitted, deadline));
			}
			failed = notSent("no channel was free in time", "too many payments at once");
		}
		catch (TransferFailsException ex) {
			failed = new DispatchResult.Refused(ex.failure(), settlements.size() == 1);
		}
		catch (RpcException ex) {
			failed = notSent(String.valueOf(ex.getMessage()), "the Stellar RPC gives no usable answer");
		}
		catch (SigningException ex) {
			failed = notSent(String.valueOf(ex.getMessage()), "the payment could not be signed now");
		}
		catch (DataAccessException ex) {
			failed = notSent(String.valueOf(ex.getMessage()), "the books cannot be used now");
		}
		catch (RuntimeException ex) {
			logger.error("A settlement was not sent", ex);
			failed = new DispatchResult.NotSent("the payment could not be prepared");
		}
		return release(settlements.isEmpty() ? members.get() : settlements, lease) ? failed
				: new DispatchResult.Unknown();
	}

	/**
	 * Neither does anything where the transaction was written down after all, which a
	 * database that failed at that moment does not tell.
	 * @return whether it is certain that nothing was sent and nothing will be
	 */
	private boolean release(List<Settlement> settlements, @Nullable ChannelLease lease) {
		boolean released = true;
		for (Settlement settlement : settlements.stream().filter((one) -> !one.committed()).toList()) {
			try {
				released &= this.books.release(settlement.id(), "not sent") || this.books.isReleased(settlement.id());
			}
			catch (DataAccessException ex) {
				logger.error("A settlement that was not sent is released later: {}", ex.getMessage());
				released = false;
			}
		}
		if (lease != null) {
			giveBack(lease);
		}
		return released;
	}

	private void giveBack(ChannelLease lease) {
		try {
			this.channels.giveBack(lease);
		}
		catch (DataAccessException ex) {
			logger.error("Channel {} is free again when its lease ends: {}", lease.address(), ex.getMessage());
		}
	}

	/** What a node said goes into the log; callers get our own words. */
	private static DispatchResult notSent(String cause, String reason) {
		logger.warn("A settlement was not sent: {}", cause);
		return new DispatchResult.NotSent(reason);
	}

}
