package io.github.x402sessions.facilitator.channel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.Funding;
import io.github.x402sessions.stellar.rpc.RpcException;

/**
 * Gives the lumens of channel accounts that are not wanted any more back to the spender,
 * and the accounts with them. Thread-safe.
 */
public final class ChannelClosing {

	private final LedgerState chain;

	private final Funding funding;

	private final OwnTransactions transactions;

	private final Channels channels;

	private final ChannelKeys keys;

	/**
	 * Create it.
	 * @param chain reads accounts
	 * @param funding signs
	 * @param transactions sends
	 * @param channels the channels
	 * @param keys their keys
	 */
	public ChannelClosing(LedgerState chain, Funding funding, OwnTransactions transactions, Channels channels,
			ChannelKeys keys) {
		this.chain = chain;
		this.funding = funding;
		this.transactions = transactions;
		this.channels = channels;
		this.keys = keys;
	}

	/**
	 * Close all channels but the first ones. One of which a transaction is made or open
	 * stays.
	 * @param kept how many stay
	 * @return the accounts that are left of those that should be closed
	 * @throws RpcException if the node does not say what has to be known
	 * @throws SigningException if there is no signature of the spender now
	 */
	public List<String> run(int kept) {
		List<String> unwanted = this.keys.addresses().subList(kept, this.keys.addresses().size());
		return close(unwanted.stream().map(this.keys::of).toList(), this.channels::retire);
	}

	/**
	 * Close all channels that followed from other secrets before. A node that was started
	 * before the secret changed uses them until it is started again: while any is alive,
	 * they stay if one of them was used in the last ten minutes.
	 * @param atOnce closes them all the same: no node may have the former secret then
	 * @return the accounts that are left of them
	 * @throws RpcException if the node does not say what has to be known
	 * @throws SigningException if there is no signature of the spender now
	 */
	public List<String> runFormer(boolean atOnce) {
		Predicate<String> retirement = atOnce ? this.channels::retire : this.channels::retireUnused;
		return this.keys.former().stream().flatMap((keys) -> close(keys, retirement).stream()).toList();
	}

	private List<String> close(List<? extends AccountSigner> keys, Predicate<String> retirement) {
		Map<String, AccountSigner> byAddress = new HashMap<>();
		keys.forEach((key) -> byAddress.put(key.address(), key));
		List<String> unwanted = keys.stream().map(AccountSigner::address).toList();
		List<String> free = existing(unwanted).stream().filter(retirement).toList();
		for (int first = 0; first < free.size(); first += Funding.MOST_MERGED) {
			List<String> merged = free.subList(first, Math.min(free.size(), first + Funding.MOST_MERGED));
			boolean done = this.transactions.make((signer, spender, maxTime) -> this.funding.merge(signer,
					merged.stream().map(byAddress::get).toList(), spender.sequence() + 1, maxTime));
			if (!done) {
				break;
			}
		}
		return existing(unwanted);
	}

	private List<String> existing(List<String> addresses) {
		Map<String, AccountState> accounts = addresses.isEmpty() ? Map.of() : this.chain.accounts(addresses);
		return List.copyOf(accounts.keySet());
	}

}
