package io.github.x402sessions.facilitator.settlement;

import java.util.List;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.chain.TransferFailsException;
import io.github.x402sessions.facilitator.channel.ChannelLease;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.rpc.RpcException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Sends settlements off: lease a channel, sign, write down, send. Whatever keeps them
 * from being written down releases them. Thread-safe.
 */
public final class Departures {

	private static final Logger logger = LoggerFactory.getLogger(Departures.class);

	private final Books books;

	private final Channels channels;

	private final Submitter submitter;

	private final Follower follower;

	/**
	 * Create the departures.
	 * @param books where settlements are written
	 * @param channels the accounts that give transactions their sequence numbers
	 * @param submitter signs and writes down
	 * @param follower sends and follows
	 */
	public Departures(Books books, Channels channels, Submitter submitter, Follower follower) {
		this.books = books;
		this.channels = channels;
		this.submitter = submitter;
		this.follower = follower;
	}

	/**
	 * Send settlements off in one transaction.
	 * @param members says which, as soon as there is a channel for them
	 * @param patience how long their caller waits
	 */
	Departure depart(Supplier<List<Settlement>> members, Patience patience) {
		@Nullable ChannelLease lease = null;
		List<Settlement> settlements = List.of();
		Departure failed;
		try {
			lease = this.channels.lease(patience.leftForLease());
			settlements = members.get();
			if (lease != null) {
				Submitted submitted = this.submitter.submit(settlements, lease, patience);
				return new Departure.Sent(submitted.hash(), this.follower.send(submitted, patience));
			}
			failed = notSent("no channel was free in time", "too many payments at once");
		}
		catch (TransferFailsException ex) {
			failed = new Departure.Refused(ex.failure(), settlements.size() == 1);
		}
		catch (RpcException ex) {
			failed = notSent(String.valueOf(ex.getMessage()), "the Stellar RPC gives no usable answer");
		}
		catch (DataAccessException | TransactionException ex) {
			failed = notSent(String.valueOf(ex.getMessage()), "the books cannot be used now");
		}
		catch (RuntimeException ex) {
			logger.error("A settlement was not sent", ex);
			failed = new Departure.NotSent("the payment could not be prepared");
		}
		return release(settlements.isEmpty() ? members.get() : settlements, lease) ? failed : new Departure.Unknown();
	}

	/**
	 * Neither does anything where the transaction was written down after all, which a
	 * database that failed at that moment does not tell.
	 * @return whether it is certain that nothing was sent and nothing will be
	 */
	private boolean release(List<Settlement> settlements, @Nullable ChannelLease lease) {
		boolean released = true;
		for (Settlement settlement : settlements) {
			try {
				released &= this.books.release(settlement.id(), "not sent") || this.books.isReleased(settlement.id());
			}
			catch (DataAccessException | TransactionException ex) {
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
	private static Departure notSent(String cause, String reason) {
		logger.warn("A settlement was not sent: {}", cause);
		return new Departure.NotSent(reason);
	}

}
