package io.github.x402sessions.facilitator.channel;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.Funding;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens channel accounts that are missing and tops up those that run low, with lumens
 * that the spender can spare, and lets those be used that exist and can pay. Thread-safe.
 */
public final class ChannelMaintenance {

	private static final Logger logger = LoggerFactory.getLogger(ChannelMaintenance.class);

	private final LedgerState chain;

	private final Funding funding;

	private final OwnTransactions transactions;

	private final Channels channels;

	private final ChannelKeys keys;

	private final ChannelFunds funds;

	/**
	 * Create it.
	 * @param chain reads accounts
	 * @param funding signs
	 * @param transactions sends
	 * @param channels the channels
	 * @param keys their keys
	 * @param funds what they should hold
	 */
	public ChannelMaintenance(LedgerState chain, Funding funding, OwnTransactions transactions, Channels channels,
			ChannelKeys keys, ChannelFunds funds) {
		this.chain = chain;
		this.funding = funding;
		this.transactions = transactions;
		this.channels = channels;
		this.keys = keys;
		this.funds = funds;
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
		if (look(0).isNothing()) {
			return true;
		}
		return this.transactions.make(this::fund) && look(0).isNothing();
	}

	/**
	 * See what the channels want.
	 * @param since a ledger that is known to be closed
	 */
	private Wanted look(long since) {
		Map<String, AccountState> accounts = this.chain.accounts(this.keys.addresses());
		Wanted wanted = new Wanted(new LinkedHashMap<>(), new LinkedHashMap<>());
		this.keys.slots().forEach((slot, address) -> {
			AccountState account = accounts.get(address);
			if (account == null) {
				wanted.opened().put(address, this.funds.target());
				return;
			}
			if (account.ledger() < since) {
				throw new RpcException("the node lags behind itself", null);
			}
			this.channels.open(slot, address);
			this.channels.setSolvent(address, this.funds.canPay(account));
			long missing = this.funds.wanted(account);
			if (missing > 0) {
				wanted.paid().put(address, missing);
			}
		});
		return wanted;
	}

	/**
	 * The channels are looked at after the spender: whatever funded them in between has
	 * used the spender's number, and this transaction cannot be applied.
	 */
	private @Nullable SignedTransaction fund(AccountSigner signer, AccountState spender, long maxTime) {
		Wanted wanted = look(spender.ledger());
		Wanted affordable = wanted.within(this.funds.toSpare(spender), this.funding.feePerAccount());
		if (affordable.size() < wanted.size()) {
			logger.warn("{} channel account(s) want lumens that the spender {} does not have",
					wanted.size() - affordable.size(), this.keys.spender());
		}
		if (affordable.isNothing()) {
			return null;
		}
		logger.info("{} channel account(s) are opened and {} topped up", affordable.opened().size(),
				affordable.paid().size());
		return this.funding.sign(signer, affordable.opened(), affordable.paid(), spender.sequence() + 1, maxTime);
	}

	/**
	 * The lumens that channels want.
	 *
	 * @param opened what each new account begins with, stroops
	 * @param paid what each existing account gets, stroops
	 */
	private record Wanted(Map<String, Long> opened, Map<String, Long> paid) {

		int size() {
			return this.opened.size() + this.paid.size();
		}

		boolean isNothing() {
			return size() == 0;
		}

		/** Return as much of it as one transaction and its lumens are enough for. */
		Wanted within(long lumens, long fee) {
			Wanted within = new Wanted(new LinkedHashMap<>(), new LinkedHashMap<>());
			long left = take(this.paid, within.paid, lumens, fee, Funding.LARGEST);
			take(this.opened, within.opened, left, fee, Funding.LARGEST - within.paid.size());
			return within;
		}

		private static long take(Map<String, Long> from, Map<String, Long> to, long lumens, long fee, int most) {
			long left = lumens;
			for (Map.Entry<String, Long> account : from.entrySet()) {
				long cost = account.getValue() + fee;
				if (to.size() < most && cost <= left) {
					to.put(account.getKey(), account.getValue());
					left -= cost;
				}
			}
			return left;
		}

	}

}
