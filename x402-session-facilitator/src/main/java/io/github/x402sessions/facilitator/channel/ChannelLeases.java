package io.github.x402sessions.facilitator.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the channels and their leases, for all nodes that share the store.
 * Implementations are thread-safe.
 */
public interface ChannelLeases {

	/**
	 * Add a channel, whose account exists, unless it is there.
	 * @param owner what it belongs to: the spender, or what channels follow from
	 * @param slot the channel's number, 0 for the spender itself
	 * @param address its account
	 */
	void open(String owner, int slot, String address);

	/**
	 * Take a channel that nobody makes a transaction of, that can pay for one and has
	 * none open: of several the one that was used longest ago. Of two who take at the
	 * same moment, each gets another one.
	 * @param owner what it belongs to
	 * @param first the lowest of the numbers that it may have
	 * @param last the highest of them
	 * @param term how long the lease lasts
	 * @return the lease, or empty if none is free
	 */
	Optional<ChannelLease> take(String owner, int first, int last, Duration term);

	/**
	 * Give a channel back, where the lease still holds.
	 * @param lease the lease
	 * @return whether it did
	 */
	boolean giveBack(ChannelLease lease);

	/**
	 * Write down whether a channel's account can pay for a transaction.
	 * @param address the channel's account
	 * @param solvent whether it can
	 * @return whether that is new
	 */
	boolean setSolvent(String address, boolean solvent);

	/**
	 * Write down which sequence number a channel's account has used, unless a later one
	 * is known to be.
	 * @param address the channel's account
	 * @param sequence the number
	 */
	void used(String address, long sequence);

	/**
	 * Write down that the chain has to be asked for the sequence number of an account.
	 * @param address the channel's account
	 */
	void forgetSequence(String address);

	/**
	 * Remove a channel, unless a transaction of it is made now or its end is open.
	 * @param address the channel's account
	 * @return whether there is no such channel now
	 */
	boolean retire(String address);

	/**
	 * Remove a channel as {@link #retire} does, but not one that a node may be using:
	 * while any node is alive, none of an owner of whose channels one was used lately.
	 * @param address the channel's account
	 * @param unused how long nobody may have used any of them
	 * @return whether there is no such channel now
	 */
	boolean retireUnused(String address, Duration unused);

	/**
	 * Return the accounts of an owner's channels, the first one first.
	 * @param owner what they belong to
	 * @return the addresses, without the spender's own
	 */
	List<String> addresses(String owner);

	/**
	 * Return the open transactions.
	 * @return the hash of each, by the account that is its source
	 */
	Map<String, String> openTransactions();

}
