package io.github.x402sessions.facilitator.channel;

import java.util.List;
import java.util.Map;

import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.RpcException;

/**
 * Tells how the channels stand, on the ledger and in the books. Thread-safe.
 */
public final class ChannelList {

	private final ChannelLeases leases;

	private final LedgerState chain;

	private final ChannelKeys keys;

	/**
	 * Create the list.
	 * @param leases knows what is open
	 * @param chain reads accounts
	 * @param keys the channels' keys
	 */
	public ChannelList(ChannelLeases leases, LedgerState chain, ChannelKeys keys) {
		this.leases = leases;
		this.chain = chain;
		this.keys = keys;
	}

	/**
	 * Read the channels, or the spender's own account where there are none.
	 * @return the channels, the first one first
	 * @throws RpcException if the node does not say
	 */
	public List<ChannelStatus> read() {
		Map<Integer, String> slots = this.keys.slots();
		Map<String, AccountState> accounts = this.chain.accounts(List.copyOf(slots.values()));
		Map<String, String> open = this.leases.openTransactions();
		return slots.entrySet()
			.stream()
			.map((slot) -> new ChannelStatus(slot.getKey(), slot.getValue(), accounts.get(slot.getValue()),
					open.get(slot.getValue())))
			.toList();
	}

}
