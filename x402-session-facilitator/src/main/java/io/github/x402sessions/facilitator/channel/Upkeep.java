package io.github.x402sessions.facilitator.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.facilitator.chain.AccountState;
import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.Funding;
import io.github.x402sessions.facilitator.chain.LedgerClock;
import io.github.x402sessions.facilitator.chain.NetworkCheck;
import io.github.x402sessions.facilitator.chain.SignedTransaction;
import io.github.x402sessions.facilitator.rpc.Polling;
import io.github.x402sessions.facilitator.rpc.RpcException;
import io.github.x402sessions.facilitator.rpc.StellarRpc;
import io.github.x402sessions.facilitator.rpc.TransactionLookup;
import io.github.x402sessions.facilitator.rpc.TransactionLookup.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens channel accounts that are missing and tops up those that run low, with lumens of
 * the spender, and lets those be used that exist. One node at a time does so: it holds
 * the spender's own lease. Thread-safe.
 */
public final class Upkeep {

	private static final Logger logger = LoggerFactory.getLogger(Upkeep.class);

	private static final Duration VALIDITY = Duration.ofSeconds(30);

	private final StellarRpc rpc;

	private final Chain chain;

	private final LedgerClock ledgers;

	private final NetworkCheck network;

	private final Funding funding;

	private final Polling polling;

	private final Channels channels;

	private final ChannelKeys keys;

	private final long balance;

	/**
	 * Create the upkeep.
	 * @param rpc the node to send to
	 * @param chain reads accounts
	 * @param ledgers knows the network's time
	 * @param network knows whether the node serves our network
	 * @param funding signs
	 * @param polling the pause between two questions to the node
	 * @param channels the channels
	 * @param keys their keys
	 * @param balance what a channel holds when it is full, stroops; it is filled up when
	 * it holds less than half
	 */
	public Upkeep(StellarRpc rpc, Chain chain, LedgerClock ledgers, NetworkCheck network, Funding funding,
			Polling polling, Channels channels, ChannelKeys keys, long balance) {
		this.rpc = rpc;
		this.chain = chain;
		this.ledgers = ledgers;
		this.network = network;
		this.funding = funding;
		this.polling = polling;
		this.channels = channels;
		this.keys = keys;
		this.balance = balance;
	}

	/**
	 * See to the channels.
	 * @return whether all of them exist and hold enough now
	 * @throws RpcException if the node does not say what has to be known
	 */
	public boolean run() {
		if (!this.keys.hasChannels()) {
			this.keys.slots().forEach(this.channels::open);
			return true;
		}
		this.network.require();
		Wanted wanted = look();
		if (wanted.isNothing()) {
			return true;
		}
		Optional<ChannelLease> lease = this.channels.takeSpender();
		if (lease.isEmpty()) {
			return false;
		}
		try {
			return fund(wanted) && look().isNothing();
		}
		finally {
			this.channels.giveBack(lease.get());
		}
	}

	private Wanted look() {
		Map<String, AccountState> accounts = this.chain.accounts(this.keys.addresses());
		Wanted wanted = new Wanted(new LinkedHashMap<>(), new LinkedHashMap<>());
		this.keys.slots().forEach((slot, address) -> {
			AccountState account = accounts.get(address);
			if (account == null) {
				wanted.opened().put(address, this.balance);
				return;
			}
			this.channels.open(slot, address);
			if (account.balance() < this.balance / 2) {
				wanted.paid().put(address, this.balance - account.balance());
			}
		});
		return wanted;
	}

	private boolean fund(Wanted wanted) {
		AccountState spender = this.chain.account(this.keys.spender())
			.orElseThrow(() -> new RpcException("the account " + this.keys.spender() + " does not exist", null));
		List<String> addresses = new ArrayList<>(wanted.opened().keySet());
		addresses.addAll(wanted.paid().keySet());
		addresses.stream().skip(Funding.LARGEST).forEach(wanted::remove);
		long closeTime = this.ledgers.aged().closeTime();
		if (closeTime <= 0) {
			throw new RpcException("the node does not say when its latest ledger closed", null);
		}
		long maxTime = closeTime + VALIDITY.toSeconds();
		SignedTransaction transaction = this.funding.sign(wanted.opened(), wanted.paid(), spender.sequence() + 1,
				maxTime);
		this.rpc.send(transaction.envelope());
		boolean done = await(transaction);
		logger.info("{} channel account(s) opened and {} topped up: {}", wanted.opened().size(), wanted.paid().size(),
				done ? "done" : "not done, the spender may have too few lumens");
		return done;
	}

	private boolean await(SignedTransaction transaction) {
		while (this.polling.pause()) {
			TransactionLookup found = this.rpc.transaction(transaction.hash());
			if (found.status() != Status.NOT_FOUND) {
				return found.status() == Status.SUCCESS;
			}
			if (found.latestCloseTime() > transaction.maxTime()) {
				return false;
			}
		}
		return false;
	}

	private record Wanted(Map<String, Long> opened, Map<String, Long> paid) {

		boolean isNothing() {
			return this.opened.isEmpty() && this.paid.isEmpty();
		}

		void remove(String address) {
			this.opened.remove(address);
			this.paid.remove(address);
		}

	}

}
